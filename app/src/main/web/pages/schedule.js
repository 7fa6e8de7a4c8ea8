// One schedule: its plan, when it comes next, and its history.

import { address, get } from "../lib/api.js";
import { clock, count, duration, line, moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { toRun, toScript } from "../lib/router.js";
import { MISFIRE, OVERLAP, planWords } from "../lib/schedule-words.js";
import { Ago } from "../parts/ago.js";
import { Failure } from "../parts/failure.js";
import { pretty } from "../parts/run-aside.js";
import { ScheduleActions } from "../parts/schedule-actions.js";
import { State } from "../parts/state.js";
import { Top } from "../parts/top.js";

const EVERY = 2000;
const LISTED = 50;

export default function Schedule({ route, ...frame }) {
  const id = route.path[1];
  const schedule = useLoad((signal) => get(`/admin/scheduled_jobs/${encodeURIComponent(id)}?limit=${LISTED}`, { signal }), id, { every: EVERY });
  const now = useNow();
  const crumb = html`<a class="crumb" href="#/schedules">Schedules</a>`;
  const s = schedule.data;
  if (!s) {
    return html`<${Top} title=${`Schedule ${id}`} crumb=${crumb} ...${frame} />
      <div class="body">${schedule.error && html`<div class="w12"><${Failure} error=${schedule.error} again=${schedule.again} /></div>`}</div>`;
  }
  const tools = html`<${ScheduleActions} id=${id} state=${s.state} again=${schedule.again} />`;
  return html`<${Top} title=${s.job_path} crumb=${crumb} tools=${tools} ...${frame}>
      <span class="soft nowrap">schedule ${id}</span><${State} state=${s.state === "scheduled" ? "active" : s.state} />
    <//>
    <div class="body">
      <section class="panel flat w8" aria-label="History"><${History} schedule=${s} now=${now} /></section>
      <aside class="w4 stack">
        <section class="panel"><h2>Plan</h2><p>${planWords(s)}</p>${s.state === "scheduled" && s.cron && html`<${Next} cron=${s.cron} timezone=${s.timezone} />`}
          <dl>
            <dt>next</dt><dd><${Ago} time=${moment(s.next_execution)} now=${now} /></dd>
            <dt>script</dt><dd><a class="link" href=${toScript(s.job_path)}>${s.job_path}</a></dd>
            <dt>made</dt><dd>${clock(moment(s.creation))}</dd>
            ${s.until && html`<dt>until</dt><dd>${clock(moment(s.until))}</dd>`}
            ${s.runs_left !== null && html`<dt>runs left</dt><dd>${s.runs_left}</dd>`}
          </dl></section>
        <section class="panel"><h2>Rules</h2><dl class="left">
          <dt>missed</dt><dd>${MISFIRE[s.misfire] ?? s.misfire}</dd>
          <dt>overlap</dt><dd>${OVERLAP[s.overlap] ?? s.overlap}</dd>
          <dt>jitter</dt><dd>${s.jitter}</dd>
        </dl></section>
        <section class="panel"><h2>So far</h2><dl>
          <dt>runs</dt><dd>${s.counts.runs}</dd><dt>missed</dt><dd>${s.counts.missed}</dd><dt>overlapped</dt><dd>${s.counts.overlapped}</dd>
        </dl></section>
        ${s.parameters !== "{}" && html`<section class="panel"><h2>Parameters</h2><pre class="box">${pretty(s.parameters)}</pre></section>`}
      </aside>
    </div>`;
}

function Next({ cron, timezone }) {
  const next = useLoad(async (signal) => (await get(address("/admin/scheduled_jobs/preview", { cron, timezone }), { signal })).next, `${cron} ${timezone}`, { every: 60000 });
  return html`<p class="soft small">${next.data ? `then ${next.data.slice(1).map((time) => clock(moment(time))).join(", ")}` : " "}</p>`;
}

function History({ schedule: { last_executions: runs, running, waiting }, now }) {
  return html`
    <div class="filters"><h2 class="flush">Last runs</h2><span class="dots" role="img" aria-label=${`${count(runs.filter(({ state }) => state === "failed").length, "failure")} among the last ${runs.length}`}>
      ${[...runs].reverse().map(({ exec_id, state }) => html`<i key=${exec_id} class=${state === "ok" ? "completed" : state} />`)}</span></div>
    ${running.length > 0 && html`<p class="pane flushp">Running now: ${running.map((id) => html`<a class="link" key=${id} href=${toRun(id)}>run ${id}</a> `)}${waiting.length > 0 && html`<span class="soft">${count(waiting.length, "more time")} waits for that</span>`}</p>`}
    ${runs.length === 0
      ? html`<div class="empty">It has not run yet.</div>`
      : html`<div class="scroll"><table class="tight">
          <thead><tr><th>State</th><th>Run</th><th class="n">Due</th><th class="n">Ended after</th></tr></thead>
          <tbody>${runs.map((run) => html`<tr key=${run.exec_id}>
            <td><${State} state=${run.state === "ok" ? "completed" : run.state} /></td>
            <td class="grow"><a href=${toRun(run.exec_id)}>${run.exec_id}</a> <span class="soft">${line(run.error ?? run.output, 160)}</span></td>
            <td class="n soft"><${Ago} time=${moment(run.due)} now=${now} /></td>
            <td class="n">${duration(Math.max(0, moment(run.datetime) - moment(run.due)))}</td>
          </tr>`)}</tbody>
        </table></div>`}
  `;
}
