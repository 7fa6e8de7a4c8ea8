// A list of runs.

import { duration, line, moment } from "../lib/format.js";
import { html, memo, useRef } from "../lib/html.js";
import { useListWindow } from "../lib/list-window.js";
import { toRun } from "../lib/router.js";
import { Ago } from "./ago.js";
import { State } from "./state.js";
import { WaitingRows } from "./waiting.js";

/** Of a line, in pixels; style.css has the same. */
const HEIGHT = 33;

/**
 * @param runs undefined while they are loaded
 * @param empty what is shown when there are none
 * @param chosen with `toggle`: ids that are ticked
 */
export function RunsTable({ runs, now, rows = 8, empty, chosen, toggle, withScript = true, at }) {
  const body = useRef(null);
  const [first, last] = useListWindow(runs?.length ?? 0, HEIGHT, body);
  if (runs && runs.length === 0 && empty) return empty;
  const columns = toggle ? 6 : 5;
  return html`<div class="scroll"><table class="tight rows" aria-rowcount=${runs ? runs.length + 1 : -1}>
    <thead>
      <tr>
        ${toggle && html`<th><span class="hidden">Chosen</span></th>`}
        <th>State</th>
        <th>${withScript ? "Script" : "Run"}</th>
        <th class="hide">Node</th>
        <th class="n started">Started</th>
        <th class="n">Took</th>
      </tr>
    </thead>
    <tbody ref=${body}>
      ${!runs && html`<${WaitingRows} rows=${rows} columns=${columns} />`}
      ${first > 0 && html`<${Space} key="above" lines=${first} columns=${columns} />`}
      ${runs?.slice(first, last).map(
        (run, index) =>
          html`<${Line} key=${run.job_id} run=${run} now=${nowFor(run, now)} chosen=${Boolean(chosen?.has(run.job_id))} toggle=${toggle} withScript=${withScript} here=${first + index === at} />`,
      )}
      ${runs && last < runs.length && html`<${Space} key="below" lines=${runs.length - last} columns=${columns} />`}
    </tbody>
  </table></div>`;
}

/** The place of lines that are not drawn. */
function Space({ lines, columns }) {
  return html`<tr class="space" aria-hidden="true" style=${{ height: `${lines * HEIGHT}px` }}><td colspan=${columns} /></tr>`;
}

/** What ended a while ago is told in minutes: there is nothing to draw anew each second. */
function nowFor(run, now) {
  const ended = moment(run.ended);
  if (ended === null) return now;
  const step = now - ended > 120000 ? 30000 : 1000;
  return Math.max(ended, Math.floor(now / step) * step);
}

const Line = memo(function Line({ run, now, chosen, toggle, withScript, here }) {
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
    <td class="n soft started"><${Ago} time=${started ?? run.creation_time} now=${now} /></td>
    <td class="n">${duration(took(run, now))}</td>
  </tr>`;
});

/** How long a run took, or runs so far; null while it waits. */
export function took(run, now) {
  if (run.time !== undefined && run.time !== null && (run.state ?? run.status) !== "running") return run.time * 1000;
  const started = moment(run.started);
  if (started === null) return null;
  return (moment(run.ended) ?? Math.max(now, started)) - started;
}
