// One script: what it does, its form, and its runs.

import { address, get, segments } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { replaceQuery, to } from "../lib/router.js";
import { Failure } from "../parts/failure.js";
import { LaunchPanel } from "../parts/launch-panel.js";
import { RunsPlot } from "../parts/runs-plot.js";
import { RunsTable } from "../parts/runs-table.js";
import { ScriptAside } from "../parts/script-aside.js";
import { Source } from "../parts/script-source.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

const EVERY = 2000;
const LISTED = 50;

export default function Script({ route, ...frame }) {
  const path = route.path.slice(1).join("/");
  const script = useLoad((signal) => get(`/admin/scripts/${segments(path)}`, { signal }), path, { every: 3 * EVERY });
  const runs = useLoad((signal) => get(address("/admin/all_jobs", { script: path, limit: LISTED }), { signal }), path, { every: EVERY });
  const now = useNow();
  const may = useMay();
  const crumb = html`<a class="crumb" href="#/scripts">Scripts</a>`;
  if (!script.data) {
    return html`<${Top} title=${path} crumb=${crumb} ...${frame} />
      <div class="body">${script.error && html`<div class="w12"><${Failure} error=${script.error} again=${script.again} /></div>`}</div>`;
  }
  const tab = ["runs", "source"].includes(route.query.tab) ? route.query.tab : "runs";
  const tools = may("write_scripts") && script.data.source !== null && html`<a class="button" href=${to(["edit", "jobs", ...path.split("/")])}>Edit</a>`;
  return html`<${Top} title=${path} crumb=${crumb} tools=${tools} ...${frame} />
    <div class="body">
      ${script.data.problems.map((problem) => html`<div class="w12" key=${problem}><section class="panel notice"><span>${problem}</span></section></div>`)}
      ${(script.data.remarks ?? []).map((remark) => html`<div class="w12" key=${remark}><section class="panel notice"><span>${remark}</span></section></div>`)}
      <div class="w8 stack">
        <section class="panel">
          ${script.data.description && html`<p>${script.data.description}</p>`}
          <${LaunchPanel} key=${path} path=${path} said=${script.data.args} launched=${runs.again} />
        </section>
        <section class="panel flat">
          <${Tabs} tabs=${[["runs", "Runs"], ["source", "Source"]]} chosen=${tab} choose=${(name) => replaceQuery({ ...route.query, tab: name })} label="Views of this script" />
          <div role="tabpanel">
            ${tab === "source" && html`<${Source} text=${script.data.source} />`}
            ${tab === "runs" && html`<${Runs} path=${path} runs=${runs} now=${now} />`}
          </div>
        </section>
      </div>
      <${ScriptAside} script=${script.data} now=${now} />
    </div>`;
}

function Runs({ path, runs, now }) {
  const ended = (runs.data ?? []).filter(({ time, ended }) => time !== null && ended);
  return html`
    ${runs.error && html`<div class="pane"><${Failure} error=${runs.error} again=${runs.again} /></div>`}
    ${ended.length > 2 && html`<div class="pane"><${RunsPlot} runs=${ended} /></div>`}
    <${RunsTable} runs=${runs.data} now=${now} withScript=${false} empty=${html`<div class="empty">It has not run yet.</div>`} />
    ${runs.data?.length === LISTED && html`<div class="more"><a class="link" href=${to(["runs"], { script: path })}>All runs of this script</a></div>`}
  `;
}

