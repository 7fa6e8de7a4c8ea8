// A table of things with a way to more of them, and what is shown when there are none.

import { count } from "../lib/format.js";
import { html } from "../lib/html.js";
import { Failure } from "./failure.js";
import { WaitingRows } from "./waiting.js";

/**
 * @param list of `useNamedList`
 * @param head the cells of the head
 * @param columns how many these are
 * @param line makes a row of a thing
 */
export function NamedTable({ list, head, columns, line, empty, one, many }) {
  const { rows, next, error, again, more } = list;
  return html`
    ${error && html`<div class="pane"><${Failure} error=${error} again=${again} /></div>`}
    ${rows?.length === 0 && !next
      ? empty
      : html`<div class="scroll"><table>
          <thead><tr>${head}</tr></thead>
          <tbody>${rows ? rows.map(line) : !error && html`<${WaitingRows} rows=${5} columns=${columns} />`}</tbody>
        </table></div>`}
    ${rows && (rows.length > 0 || next) && html`<div class="more" role="status">
      <span>${count(rows.length, one, many)}${next ? ", and further ones" : ""}</span>
      ${next && html`<button onClick=${more}>Show more</button>`}
    </div>`}
  `;
}
