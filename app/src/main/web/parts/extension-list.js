// The extensions, by name.

import { get } from "../lib/api.js";
import { bytes, count } from "../lib/format.js";
import { html, useMemo } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { matching } from "../lib/match.js";
import { to } from "../lib/router.js";
import { Ago } from "./ago.js";
import { Empty } from "./empty.js";
import { Failure } from "./failure.js";

export function ExtensionList({ text, change }) {
  const list = useLoad((signal) => get("/admin/extensions", { signal }), "extensions", { every: 5000 });
  const now = useNow(5000);
  const found = useMemo(() => matching(list.data ?? [], text, ({ name }) => name), [list.data, text]);
  return html`
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" aria-label="Search extensions" placeholder="Search by name" value=${text} onInput=${(event) => change(event.target.value)} />
    </form>
    ${list.error && html`<${Failure} error=${list.error} again=${list.again} />`}
    ${list.data && found.length > 0 &&
    html`<div class="scroll"><table>
      <thead><tr><th>Name</th><th>URL</th><th class="n">Size</th><th>Changed</th></tr></thead>
      <tbody>${found.map(
        ({ name, size, changed }) => html`<tr key=${name}>
          <td><a class="link" href=${to(["extensions", name])}>${name}</a></td>
          <td class="grow"><code>${`/extension/${name}`}</code></td>
          <td class="n">${bytes(size)}</td>
          <td><${Ago} time=${changed} now=${now} /></td>
        </tr>`,
      )}</tbody>
    </table></div>`}
    ${list.data && found.length === 0 && html`<${Empty} title=${list.data.length ? "No extension is like that" : "There are no extensions yet"}>${list.data.length ? "Take a word out of the search." : html`Put a Python file into the extensions directory: <code>extensions/greet.py</code> answers <code>/extension/greet</code>.`}<//>`}
    ${list.data && html`<div class="more" role="status">${count(found.length, "extension")}</div>`}
  `;
}
