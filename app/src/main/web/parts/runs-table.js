// A list of runs.

import { duration, line, moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { toRun } from "../lib/router.js";
import { Ago } from "./ago.js";
import { State } from "./state.js";
import { WaitingRows } from "./waiting.js";

/**
 * @param runs undefined while they are loaded
 * @param empty what is shown when there are none
 * @param chosen with `toggle`: ids that are ticked
 */
export function RunsTable({ runs, now, rows = 8, empty, chosen, toggle, withScript = true, at }) {
  if (runs && runs.length === 0 && empty) return empty;
  return html`<div class="scroll"><table class="tight">
    <thead>
      <tr>
        ${toggle && html`<th><span class="hidden">Chosen</span></th>`}
        <th>State</th>
        <th>${withScript ? "Script" : "Run"}</th>
        <th class="hide">Node</th>
        <th class="n">Started</th>
        <th class="n">Took</th>
      </tr>
    </thead>
    <tbody>
      ${runs
        ? runs.map((run, index) => html`<${Line} key=${run.job_id} run=${run} now=${now} chosen=${chosen?.has(run.job_id)} toggle=${toggle} withScript=${withScript} here=${index === at} />`)
        : html`<${WaitingRows} rows=${rows} columns=${toggle ? 6 : 5} />`}
    </tbody>
  </table></div>`;
}

function Line({ run, now, chosen, toggle, withScript, here }) {
  const state = run.state ?? run.status;
  const started = moment(run.started);
  const note = run.error ? line(run.error, 160) : run.schedule ? `schedule ${run.schedule}` : "";
  const parameters = run.parameters === "{}" ? "" : line(run.parameters, 160);
  return html`<tr data-chosen=${here || chosen || undefined} aria-current=${here || undefined}>
    ${toggle && html`<td><input type="checkbox" checked=${chosen} aria-label=${`Choose run ${run.job_id}`} onChange=${() => toggle(run.job_id)} /></td>`}
    <td><${State} state=${state} /></td>
    <td class="grow">
      <a href=${toRun(run.job_id)} title=${withScript ? run.job_path : ""}>${withScript ? run.job_path : `${run.job_id}`}</a>
      <span class="soft"> · ${withScript ? run.job_id : parameters}${note && ` · ${note}`}</span>
    </td>
    <td class="soft hide">${run.node === "na" ? "–" : run.node}</td>
    <td class="n soft"><${Ago} time=${started ?? run.creation_time} now=${now} /></td>
    <td class="n">${duration(took(run, now))}</td>
  </tr>`;
}

/** How long a run took, or runs so far; null while it waits. */
export function took(run, now) {
  if (run.time !== undefined && run.time !== null && (run.state ?? run.status) !== "running") return run.time * 1000;
  const started = moment(run.started);
  if (started === null) return null;
  return (moment(run.ended) ?? Math.max(now, started)) - started;
}
