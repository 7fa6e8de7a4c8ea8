// Beside a run: what it was given, what it used, where it came from.

import { bytes, duration, moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { to, toScript } from "../lib/router.js";
import { Ago } from "./ago.js";

export function RunAside({ job, now }) {
  const { usage } = job;
  return html`<aside class="w3 stack">
    <section class="panel"><h2>Parameters</h2><${Parameters} text=${job.parameters} /></section>
    <section class="panel"><h2>Use</h2>
      ${usage
        ? html`<dl>
            <dt>waited</dt><dd>${duration(usage.queue_wait * 1000)}</dd>
            <dt>ran</dt><dd>${duration(usage.run_time * 1000)}</dd>
            <dt>CPU</dt><dd>${duration(usage.cpu_time * 1000)}</dd>
            <dt>peak memory</dt><dd>${bytes(usage.peak_memory)}</dd>
          </dl>`
        : html`<p class="soft">${job.ended ? "It never began." : "Measured when it is over."}</p>`}
    </section>
    <section class="panel"><h2>Started by</h2>
      <dl>
        <dt>${job.schedule ? "schedule" : "request"}</dt>
        <dd>${job.schedule ? html`<a class="link" href=${to(["schedules", String(job.schedule)])}>${job.schedule}</a>` : "launched once"}</dd>
        <dt>script</dt><dd><a class="link" href=${toScript(job.job_path)}>${job.job_path}</a></dd>
        <dt>accepted</dt><dd><${Ago} time=${moment(job.created)} now=${now} /></dd>
        ${job.started && html`<dt>started</dt><dd><${Ago} time=${moment(job.started)} now=${now} /></dd>`}
        ${job.ended && html`<dt>ended</dt><dd><${Ago} time=${moment(job.ended)} now=${now} /></dd>`}
        <dt>node</dt><dd>${job.node === "na" ? "–" : job.node}</dd>
        <dt>attempt</dt><dd>${job.attempt || "–"}</dd>
      </dl>
    </section>
  </aside>`;
}

function Parameters({ text }) {
  if (!text || text === "{}") return html`<p class="soft">none</p>`;
  return html`<pre class="box">${pretty(text)}</pre>`;
}

/** Laid out where it is JSON, as it is otherwise. */
export function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
