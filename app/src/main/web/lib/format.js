// How times, sizes and numbers are written.

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/** Milliseconds since 1970 of `2026-11-21 07:40:00+00:00`; null for what is no time. */
export function moment(text) {
  if (!text || text === "na") return null;
  const time = Date.parse(String(text).replace(" ", "T"));
  return Number.isNaN(time) ? null : time;
}

/** A length of time: `210 ms`, `12.4 s`, `3 min 5 s`, `2 h 10 min`, `3 d`. */
export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined || Number.isNaN(milliseconds)) return "–";
  const ms = Math.max(0, milliseconds);
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < 10 * SECOND) return `${(ms / SECOND).toFixed(1)} s`;
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s`;
  if (ms < HOUR) return two(ms, MINUTE, "min", SECOND, "s");
  if (ms < DAY) return two(ms, HOUR, "h", MINUTE, "min");
  return two(ms, DAY, "d", HOUR, "h");
}

function two(ms, large, largeName, small, smallName) {
  const whole = Math.floor(ms / large);
  const rest = Math.floor((ms % large) / small);
  return rest ? `${whole} ${largeName} ${rest} ${smallName}` : `${whole} ${largeName}`;
}

/** `12 s ago`, `in 2 min`, and the day where it is longer than a day. */
export function relative(time, now = Date.now()) {
  if (time === null || time === undefined) return "–";
  const apart = Math.abs(now - time);
  if (apart < SECOND) return "now";
  if (apart >= DAY) return clock(time, now);
  const text = duration(apart < MINUTE ? Math.floor(apart / SECOND) * SECOND : apart).replace(/\.0 s$/, " s");
  const first = apart < MINUTE ? text : text.split(" ").slice(0, 2).join(" ");
  return time <= now ? `${first} ago` : `in ${first}`;
}

/** The time of the day in the reader's zone, with the date unless it is today. */
export function clock(time, now = Date.now()) {
  if (time === null || time === undefined) return "–";
  const date = new Date(time);
  const hours = `${pad(date.getHours())}:${pad(date.getMinutes())}`;
  if (date.toDateString() === new Date(now).toDateString()) return hours;
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())} ${hours}`;
}

/** Everything about a time, to be shown when somebody points at it. */
export function exact(time) {
  if (time === null || time === undefined) return "";
  return `${new Date(time).toISOString().replace("T", " ").replace(".000", "")} (${new Date(time).toString().replace(/^.*GMT/, "here GMT")})`;
}

const pad = (number) => String(number).padStart(2, "0");

/** `96 MB`: powers of 1024, as the settings write them. */
export function bytes(count) {
  if (count === null || count === undefined) return "–";
  let unit = 0, value = count;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(/\.0$/, "")} ${["bytes", "KB", "MB", "GB", "TB"][unit]}`;
}

/** `18,402` */
export const number = (count) => (count === null || count === undefined ? "–" : Number(count).toLocaleString("en-US"));

/** `1 run`, `2 runs` */
export const count = (n, one, many = `${one}s`) => `${number(n)} ${n === 1 ? one : many}`;

/** The first line, cut, for a line of a table. */
export function line(text, most = 300) {
  const first = String(text ?? "").split("\n", 1)[0];
  return first.length > most ? `${first.slice(0, most)}…` : first;
}
