// The secrets or variables that somebody may see.

import { request } from "../lib/api.js";
import { clock, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { placeOf } from "../lib/secrets.js";
import { Confirm } from "./dialog.js";
import { attempt, toast } from "./toasts.js";
import { WaitingRows } from "./waiting.js";

/**
 * @param rows of the server; undefined while they are loaded
 * @param change is called with the row whose value somebody wants to change
 */
export function SecretsTable({ kind, rows, change, again }) {
  const values = kind.many === "variables";
  return html`<div class="scroll"><table>
    <thead><tr><th>Name</th><th>Folder</th>${values && html`<th>Value</th>`}<th class="hide">Changed</th><th class="hide">By</th><th><span class="hidden">Actions</span></th></tr></thead>
    <tbody>
      ${rows
        ? rows.map((row) => html`<${Row} key=${`${row.folder}/${row.name}`} kind=${kind} row=${row} values=${values} change=${change} again=${again} />`)
        : html`<${WaitingRows} rows=${4} columns=${values ? 6 : 5} />`}
    </tbody>
  </table></div>`;
}

function Row({ kind, row, values, change, again }) {
  const [asking, setAsking] = useState(false);
  const remove = () =>
    attempt(async () => {
      toast((await request("DELETE", placeOf(kind, row))).msg);
      again();
    });
  return html`<tr>
    <td><code>${row.name}</code></td>
    <td>${row.folder || html`<span class="soft">all scripts</span>`}</td>
    ${values && html`<td class="value grow" title=${row.value}>${row.value}</td>`}
    <td class="soft hide">${clock(moment(row.changed))}</td>
    <td class="soft hide">${row.changed_by}</td>
    <td class="n">
      <button class="plain" onClick=${() => change(row)}>Change</button>
      <button class="plain danger" onClick=${() => setAsking(true)}>Remove</button>
      ${asking &&
      html`<${Confirm} title=${`Remove ${row.name}?`} action="Remove it" run=${remove} close=${() => setAsking(false)}>
        <p>Runs that start from now on do not get it${values ? "" : ", and those that ask for it fail"}, unless a folder around has one of the name.</p>
      <//>`}
    </td>
  </tr>`;
}
