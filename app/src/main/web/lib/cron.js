// A cron expression in words. When it is due is the server's to say.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const SHORTCUTS = { "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0", "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *" };

/** `at 09:00, Monday to Friday`; null for what has no five fields. */
export function cronWords(text) {
  const fields = (SHORTCUTS[text.trim().toLowerCase()] ?? text.trim()).split(/\s+/);
  if (fields.length !== 5) return null;
  const [minute, hour, day, month, weekday] = fields;
  const days = [
    day !== "*" && day !== "?" && `on day ${listed(day, String)} of the month`,
    weekday !== "*" && weekday !== "?" && listed(weekday, (one) => named(DAYS, one, 0)),
  ].filter(Boolean);
  const months = month === "*" ? "" : `in ${listed(month, (one) => named(MONTHS, one, 1))}`;
  return [timeWords(minute, hour), days.join(" or "), months].filter(Boolean).join(", ");
}

function timeWords(minute, hour) {
  const whole = /^\d+$/;
  if (whole.test(minute) && whole.test(hour)) return `at ${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  if (minute === "*" && hour === "*") return "every minute";
  if (/^\*\/\d+$/.test(minute) && hour === "*") return `every ${minute.slice(2)} minutes`;
  if (whole.test(minute) && hour === "*") return minute === "0" ? "every hour" : `every hour at minute ${minute}`;
  if (whole.test(minute) && /^\*\/\d+$/.test(hour)) return `every ${hour.slice(2)} hours at minute ${minute}`;
  const minutes = minute === "*" ? "every minute" : `at minute ${listed(minute, String)}`;
  return hour === "*" ? minutes : `${minutes} of hour ${listed(hour, String)}`;
}

function listed(field, name) {
  return field
    .split(",")
    .map((part) => {
      const [span, step] = part.split("/");
      const words = span === "*" ? "every" : span.split("-").map(name).join(" to ");
      return step ? `${words}${span === "*" ? ` ${step}th` : `, every ${step}th`}` : words;
    })
    .join(", ");
}

function named(names, text, first) {
  const at = /^\d+$/.test(text) ? Number(text) - first : names.findIndex((name) => name.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase());
  return names[at] ?? text;
}
