// A schedule's plan in words.

import { cronWords } from "./cron.js";
import { clock, moment } from "./format.js";

const ONE = { minutes: "minute", hours: "hour", days: "day", weeks: "week" };

/** `every 5 minutes`, `at 09:00, Monday to Friday (UTC)`, `once at 18:00` */
export function planWords({ interval, time_unit, repeat, cron, timezone, at }) {
  if (cron) return `${cronWords(cron) ?? cron} (${timezone})`;
  if (at) return `once at ${clock(moment(at))}`;
  const every = Number(time_unit) === 1 ? `every ${ONE[interval] ?? interval}` : `every ${time_unit} ${interval}`;
  if (repeat === 1) return every;
  return repeat === 0 ? `once, ${every.replace("every h", "after an h").replace("every", "after a")}` : `${every}, ${repeat} times`;
}

export const MISFIRE = {
  once: "all missed times become one run",
  skip: "missed times are left out",
  all: "each missed time becomes a run",
};

export const OVERLAP = {
  queue_one: "it waits for the run before",
  skip: "it is left out while the run before goes on",
  allow: "it runs beside the one before",
};
