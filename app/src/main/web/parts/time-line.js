// A run from left to right: waited, started, ran.

import { duration, moment } from "../lib/format.js";
import { html } from "../lib/html.js";

export function TimeLine({ job, now }) {
  const created = moment(job.created);
  const started = moment(job.started);
  const ended = moment(job.ended);
  const until = ended ?? Math.max(now, started ?? created);
  const waited = job.usage ? job.usage.queue_wait * 1000 : (started ?? until) - created;
  const ran = job.usage ? job.usage.run_time * 1000 : started === null ? null : until - started;
  const where = job.node !== "na" ? ` on ${job.node}` : "";
  const attempts = job.attempt > 1 ? `, attempt ${job.attempt}` : "";
  const words = { completed: "ran", failed: "ran", canceled: "ran until canceled,", running: "runs since" }[job.state] ?? "";
  const parts = [
    { name: "waited", words: `${started === null && !ended ? "waits since" : "waited"} ${duration(waited)}`, size: waited, shade: "" },
    ran !== null && { name: "ran", words: `${words} ${duration(ran)}${where}${attempts}`, size: ran, shade: `ran ${job.state}` },
    started === null && ended && { name: "never", words: "never began", size: waited, shade: `ran ${job.state}` },
  ].filter(Boolean);
  const total = Math.max(1, parts.reduce((sum, { size }) => sum + size, 0));
  return html`<section class="panel time" aria-label="Time line">
    ${parts.map(({ name, words, size, shade }) => html`<i key=${name} class=${shade} title=${words} style=${{ flexGrow: share(size / total) }}>${words}</i>`)}
  </section>`;
}

/** Short parts stay readable. */
const share = (part) => Math.max(0.12, Math.sqrt(part));
