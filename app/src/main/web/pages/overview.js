// What runs, what waits, what went wrong, and what comes next.

import { address, get } from "../lib/api.js";
import { count, duration, moment, number, relative } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { to, toScript } from "../lib/router.js";
import { Empty } from "../parts/empty.js";
import { EndsPlot } from "../parts/ends-plot.js";
import { Failure } from "../parts/failure.js";
import { NodeLoad } from "../parts/node-load.js";
import { RunsTable } from "../parts/runs-table.js";
import { Top } from "../parts/top.js";
import { Troubles } from "../parts/troubles.js";

const EVERY = 3000;
const LISTED = 8;

export default function Overview(frame) {
  const statistics = useLoad((signal) => get("/admin/statistics?hours=24", { signal }), "statistics", { every: EVERY });
  const latest = useRuns("");
  const failures = useRuns("failed");
  const schedules = useLoad((signal) => get("/admin/scheduled_jobs?limit=500", { signal }), "next", { every: 5 * EVERY });
  const nodes = useLoad((signal) => get("/admin/network", { signal }), "nodes", { every: EVERY });
  const now = useNow();
  const error = statistics.error ?? latest.error;
  return html`<${Top} title="Overview" ...${frame} />
    <div class="body">
      ${error && html`<div class="w12"><${Failure} error=${error} again=${statistics.again} /></div>`}
      <${Troubles} nodes=${nodes.data} now=${now} />
      <${Facts} statistics=${statistics.data} now=${now} />
      <section class="panel w8"><h2>Runs, last 24 hours</h2><${EndsPlot} statistics=${statistics.data} /></section>
      <section class="panel w4"><h2>Next schedules <a href=${to(["schedules"])}>All schedules</a></h2><${Next} schedules=${schedules.data} now=${now} /></section>
      <div class="w8 stack">
        <section class="panel"><h2>Latest runs <a href=${to(["runs"])}>All runs</a></h2>
          <${RunsTable} runs=${latest.data} now=${now} rows=${LISTED} empty=${html`<${FirstRun} />`} />
        </section>
        ${failures.data?.length > 0 && html`<section class="panel"><h2>Latest failures <a href=${to(["runs"], { state: "failed" })}>All failures</a></h2>
          <${RunsTable} runs=${failures.data} now=${now} rows=${3} />
        </section>`}
      </div>
      <section class="panel w4"><h2>Nodes <a href=${to(["nodes"])}>All nodes</a></h2><${NodeLoad} nodes=${nodes.data} now=${now} /></section>
    </div>`;
}

function useRuns(state) {
  return useLoad((signal) => get(address("/admin/all_jobs", { limit: state ? 4 : LISTED, state }), { signal }), `runs ${state}`, { every: EVERY });
}

function Facts({ statistics, now }) {
  const s = statistics;
  const oldest = moment(s?.oldest_pending);
  const facts = [
    [number(s?.running), "running", to(["runs"], { state: "running" })],
    [number(s?.pending), oldest && s.pending > 0 ? `waiting, oldest ${duration(now - oldest)}` : "waiting", to(["runs"], { state: "pending" })],
    [number(s?.total.completed), "completed in 24 h", to(["runs"], { state: "completed" })],
    [number(s?.total.failed), "failed in 24 h", to(["runs"], { state: "failed" })],
    [s?.median === null ? "–" : duration(s?.median * 1000), s?.p95 ? `median run, p95 ${duration(s.p95 * 1000)}` : "median run"],
  ];
  return html`<section class="panel w12 facts" aria-label="In figures">
    ${facts.map(([figure, words, link], at) => {
      const inside = html`<b class=${at === 3 && s?.total.failed > 0 ? "bad" : ""}>${s ? figure : html`<i class="wait">000</i>`}</b><span>${words}</span>`;
      return link ? html`<a key=${at} href=${link}>${inside}</a>` : html`<div key=${at}>${inside}</div>`;
    })}
  </section>`;
}

function Next({ schedules, now }) {
  if (!schedules) return html`<p class="soft"><span class="wait">loading the schedules</span></p>`;
  const next = schedules
    .map((schedule) => ({ ...schedule, at: moment(schedule.next_execution) }))
    .filter(({ at, state }) => at !== null && state === "scheduled")
    .sort((one, other) => one.at - other.at)
    .slice(0, 6);
  if (next.length === 0) return html`<${Empty} title="Nothing is due">Open a script and choose Schedule to run it by itself.<//>`;
  return html`<table>
    <caption class="hidden">${count(next.length, "schedule")} that come next</caption>
    <tbody>
      ${next.map(
        ({ job_id, job_path, at }) => html`<tr key=${job_id}>
          <td class="grow"><a href=${to(["schedules", String(job_id)])} title=${job_path}>${job_path}</a></td>
          <td class="soft n">${relative(at, now)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function FirstRun() {
  return html`<${Empty} title="Nothing has run yet">
    Open a script and launch it: <a href=${toScript("example/factorial")}>example/factorial</a> is there to try. Your own are
    files in the jobs directory; they show up under <a href=${to(["scripts"])}>Scripts</a> at once.
  <//>`;
}
