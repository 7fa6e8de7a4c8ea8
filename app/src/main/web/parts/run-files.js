// The files that a run stored.

import { bytes, clock, moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { keyAddress } from "../lib/keys.js";

export function RunFiles({ files }) {
  if (files.length === 0) return html`<div class="empty">It stored no files (_pulzar_store_file).</div>`;
  return html`<div class="scroll"><table>
    <thead><tr><th>File</th><th class="n">Size</th><th class="n">Stored</th></tr></thead>
    <tbody>
      ${files.map(
        ({ key, size, date }) => html`<tr key=${key}>
          <td class="grow"><a class="link" href=${keyAddress(key)} download title=${key}>${key.slice(key.lastIndexOf("/") + 1)}</a></td>
          <td class="n">${bytes(size)}</td>
          <td class="n soft">${clock(moment(date))}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}
