// One node: how busy it is, its worker processes, and what each of them runs.

import { address, get, segments } from "../lib/api.js";
import { bytes, moment, number } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { to, toRun } from "../lib/router.js";
import { Ago } from "../parts/ago.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { NodeActions, nodeState } from "../parts/node-actions.js";
import { Measure } from "../parts/node-load.js";
import { State } from "../parts/state.js";
import { Top } from "../parts/top.js";

const EVERY = 2000;
const RUNTIMES = { graalpy: "GraalPy", cpython: "CPython", python2: "Python 2" };

export default function Node({ route, ...frame }) {
  const name = route.path[1];
  const loaded = useLoad((signal) => load(name, signal), name, { every: EVERY });
  const now = useNow();
  const crumb = html`<a class="crumb" href="#/nodes">Nodes</a>`;
  if (!loaded.data) {
    return html`<${Top} title=${name} crumb=${crumb} ...${frame} />
      <div class="body">${loaded.error ? html`<div class="w12"><${Failure} error=${loaded.error} again=${loaded.again} /></div>` : html`<p><span class="wait">loading the node</span></p>`}</div>`;
  }
  const { node, running } = loaded.data;
  return html`<${Top} title=${name} crumb=${crumb} tools=${html`<${NodeActions} node=${node} again=${loaded.again} />`} ...${frame}>
      <${State} state=${nodeState(node)} />
    <//>
    <div class="body">
      <section class="panel flat w8" aria-label="Workers">
        ${loaded.error && html`<${Failure} error=${loaded.error} again=${loaded.again} />`}
        <${Workers} node=${node} running=${running} now=${now} />
      </section>
      <aside class="w4 stack">
        <${Load} node=${node} />
        <section class="panel"><h2>What it is</h2><dl>
          <dt>version</dt><dd>${node.version || "–"}</dd>
          <dt>address</dt><dd>${node.url}</dd>
          <dt>labels</dt><dd>${node.labels.join(", ") || "–"}</dd>
          <dt>values</dt><dd>${number(node.values)}</dd>
          <dt>scripts</dt><dd>${number(node.scripts)}</dd>
          <dt>seen</dt><dd><${Ago} time=${moment(node.seen)} now=${now} /></dd>
          <dt>runs</dt><dd><a class="link" href=${to(["runs"], { node: name })}>All its runs</a></dd>
        </dl></section>
      </aside>
    </div>`;
}

/** The node, and of what it runs all that somebody may see, by the runs' numbers. */
async function load(name, signal) {
  const [node, runs] = await Promise.all([
    get(`/admin/network/${segments(name)}`, { signal }),
    get(address("/admin/all_jobs", { node: name, state: "running", limit: 1000 }), { signal }),
  ]);
  return { node, running: new Map(runs.map((run) => [run.job_id, run])) };
}

function Workers({ node: { synch, node, workers }, running, now }) {
  if (!synch) return html`<${Empty} title="It is offline">Nothing is known of its workers. Start it again with <code>./pulzar start --role node --name ${node}</code>, or remove it.<//>`;
  if (workers.length === 0) return html`<${Empty} title="It has no workers now">They start when there is something to run.<//>`;
  return html`<div class="scroll"><table class="tight">
    <caption class="hidden">Worker processes</caption>
    <thead><tr><th>State</th><th>It runs</th><th class="hide">Python</th><th class="n hide">Runs ended</th><th class="n">Memory</th><th class="n hide">Process</th></tr></thead>
    <tbody>${workers.map((worker, at) => html`<tr key=${at}>
      <td><${State} state=${worker.state} /></td>
      <td class="grow"><${Work} worker=${worker} run=${running.get(worker.job)} now=${now} /></td>
      <td class="hide">${RUNTIMES[worker.runtime] ?? worker.runtime}</td>
      <td class="n hide">${number(worker.runs)}</td>
      <td class="n">${worker.memory_bytes ? bytes(worker.memory_bytes) : "–"}</td>
      <td class="n soft hide">${worker.process}</td>
    </tr>`)}</tbody>
  </table></div>`;
}

function Work({ worker: { state, job }, run, now }) {
  if (run) return html`<a href=${toRun(job)}>${run.job_path}</a> <span class="soft"> · ${job} · <${Ago} time=${moment(run.started)} now=${now} /></span>`;
  if (job !== null) return html`<a href=${toRun(job)}>run ${job}</a>`;
  return state === "busy" ? html`<span class="soft">an extension, a process of texts or a test run</span>` : "–";
}

function Load({ node: { synch, slots, free_slots, load, memory, percent } }) {
  if (!synch) return null;
  const used = Math.max(0, slots - free_slots);
  const measured = (what, value) => html`<dt>${what}</dt><dd><${Measure} part=${value / 100} label=${`${what} ${Math.round(value)} %`} text=${`${Math.round(value)} %`} /></dd>`;
  return html`<section class="panel"><h2>Load</h2><dl>
    <dt>slots</dt><dd><${Measure} part=${slots ? used / slots : 0} label=${`${used} of ${slots} slots in use`} text=${`${used} of ${slots}`} /></dd>
    ${measured("processors", load)}${measured("memory", memory)}${measured("disk", percent)}
  </dl></section>`;
}
