// One run: what became of it, from left to right, and its log as the main thing.

import { get, post } from "../lib/api.js";
import { line, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { go, replaceQuery, toRun } from "../lib/router.js";
import { Confirm } from "../parts/dialog.js";
import { Failure } from "../parts/failure.js";
import { LaunchDialog } from "../parts/launch-dialog.js";
import { Log } from "../parts/log.js";
import { RunAside } from "../parts/run-aside.js";
import { RunFiles } from "../parts/run-files.js";
import { ScriptSource } from "../parts/script-source.js";
import { State } from "../parts/state.js";
import { Tabs } from "../parts/tabs.js";
import { TimeLine } from "../parts/time-line.js";
import { attempt, toast } from "../parts/toasts.js";
import { Top } from "../parts/top.js";

const EVERY = 1000;

export default function Run({ route, ...frame }) {
  const id = route.path[1];
  const [over, setOver] = useState(false);
  const run = useLoad(
    async (signal) => {
      const data = await get(`/admin/jobs/${encodeURIComponent(id)}?log=false`, { signal });
      setOver(Boolean(data.ended));
      return data;
    },
    id,
    { every: over ? 0 : EVERY },
  );
  const now = useNow(over ? 60000 : 250);
  const crumb = html`<a class="crumb" href="#/runs">Runs</a>`;
  if (!run.data) {
    return html`<${Top} title=${`Run ${id}`} crumb=${crumb} ...${frame} />
      <div class="body">${run.error && html`<div class="w12"><${Failure} error=${run.error} again=${run.again} /></div>`}</div>`;
  }
  const job = { ...run.data, state: run.data.state ?? run.data.status };
  return html`<${Top} title=${job.job_path} crumb=${crumb} tools=${html`<${Actions} job=${job} again=${run.again} />`} ...${frame}>
      <span class="soft nowrap">run ${id}</span><${State} state=${job.state} />
    <//>
    <div class="body">
      <div class="w12"><${TimeLine} job=${job} now=${now} /></div>
      ${job.error && html`<div class="w12"><section class="panel notice failed"><span><b>${line(job.error, 400)}</b> ${hint(job)}</span></section></div>`}
      ${job.waiting && html`<div class="w12"><section class="panel notice"><span><b>It waits:</b> ${job.waiting}</span></section></div>`}
      <section class="panel flat w9"><${Views} id=${id} job=${job} route=${route} /></section>
      <${RunAside} job=${job} now=${now} />
    </div>`;
}

function Views({ id, job, route }) {
  const tabs = [
    ["log", "Log"],
    ["output", "Output"],
    ["result", "Result"],
    ["files", job.files.length ? `Files ${job.files.length}` : "Files"],
    ["source", "Source"],
  ];
  const chosen = tabs.some(([name]) => name === route.query.tab) ? route.query.tab : "log";
  return html`<${Tabs} tabs=${tabs} chosen=${chosen} choose=${(tab) => replaceQuery({ tab })} label="Views of this run" />
    <div role="tabpanel">
      ${chosen === "log" && html`<${Log} id=${id} live=${!job.ended} />`}
      ${chosen === "output" && html`<${Output} id=${id} ended=${Boolean(job.ended)} />`}
      ${chosen === "result" && html`<${Text} text=${job.result === undefined || job.result === null ? "" : JSON.stringify(job.result, null, 2)} empty="It returned nothing besides how it ended." />`}
      ${chosen === "files" && html`<${RunFiles} files=${job.files} />`}
      ${chosen === "source" && html`<${ScriptSource} path=${job.job_path} error=${job.error} />`}
    </div>`;
}

/** The output is loaded when somebody wants to see it: it may be long. */
function Output({ id, ended }) {
  const output = useLoad((signal) => get(`/admin/jobs/${encodeURIComponent(id)}/output`, { signal }), `${id} ${ended}`, { every: ended ? 0 : 2 * EVERY });
  if (output.error) return html`<div class="pane"><${Failure} error=${output.error} again=${output.again} /></div>`;
  return output.data === undefined ? html`<div class="pane"><span class="wait">loading the output</span></div>` : html`<${Text} text=${output.data} empty="It set no output (pulzar_set_output)." />`;
}

function Text({ text, empty }) {
  return text ? html`<pre class="pane">${text}</pre>` : html`<div class="empty">${empty}</div>`;
}

/** What helps where the reason is a limit. */
function hint(job) {
  if (/time limit|longer than|timed out/i.test(job.error)) return "A line like Timeout: 2h in the docstring of execute gives it more time.";
  if (/memory/i.test(job.error)) return "A line like Memory: 512MB in the docstring of execute gives it more memory.";
  return "";
}

function Actions({ job, again }) {
  const may = useMay();
  const [asking, setAsking] = useState("");
  const close = () => setAsking("");
  const cancel = () =>
    attempt(async () => {
      await post(`/admin/jobs/${job.job}/cancel`);
      toast(`Run ${job.job} is being stopped`);
      again();
    });
  const rerun = () =>
    attempt(async () => {
      const { data } = await post(`/admin/jobs/${job.job}/rerun`);
      go(toRun(data.job_id));
      toast(`Started run ${data.job_id}`);
    });
  return html`
    ${!job.ended && may("operate") && html`<button class="danger" onClick=${() => setAsking("cancel")}>Cancel</button>`}
    ${may("run") &&
    html`<button onClick=${() => setAsking("change")}>Rerun with changes</button>
      <button class=${job.ended ? "main" : ""} onClick=${rerun}>Rerun</button>`}
    ${asking === "cancel" && html`<${Confirm} title=${`Cancel run ${job.job}?`} action="Cancel the run" run=${cancel} close=${close}>
      <p>${moment(job.started) ? "The script is stopped within seconds; what it has written so far is kept." : "It has not begun, and never will."}</p>
    <//>`}
    ${asking === "change" && html`<${LaunchDialog} path=${job.job_path} parameters=${job.parameters} close=${close} />`}
  `;
}
