// Records of one kind by their names, page by page.

import { bytes } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useLoad, useSettled } from "../lib/load.js";
import { Empty } from "./empty.js";
import { Failure } from "./failure.js";
import { attempt } from "./toasts.js";
import { WaitingRows } from "./waiting.js";

export function RecordList({ kind, round, prefix, change, show }) {
  const wanted = useSettled(prefix);
  const key = `${wanted} ${round}`;
  const first = useLoad((signal) => kind.page(wanted, undefined, signal), key);
  const [further, setFurther] = useState({ key, pages: [] });
  const pages = first.data ? [first.data, ...(further.key === key ? further.pages : [])] : [];
  const rows = pages.flatMap((page) => page.rows);
  const next = pages.at(-1)?.next;
  const more = () => attempt(async () => setFurther({ key, pages: [...pages.slice(1), await kind.page(wanted, next)] }));
  return html`
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" aria-label="Names that begin with" placeholder="Names that begin with" value=${prefix} onInput=${(event) => change(event.target.value)} />
    </form>
    ${first.error && html`<div class="pane"><${Failure} error=${first.error} again=${first.again} /></div>`}
    ${first.data && rows.length === 0 && html`<${Empty} title=${wanted ? "No name begins so" : `There is no ${kind.one} yet`}>They are the same on every server, and survive each of them.<//>`}
    ${!first.error &&
    !(first.data && rows.length === 0) &&
    html`<div class="scroll"><table>
      <thead><tr><th>Name</th><th class="n">Size</th><th class="hide">Version</th></tr></thead>
      <tbody>
        ${!first.data && html`<${WaitingRows} rows=${8} columns=${3} />`}
        ${rows.map(
          ({ name, size, version }) => html`<tr key=${name}>
            <td class="grow"><button class="plain link" title=${name} onClick=${() => show({ name })}>${name}</button></td>
            <td class="n">${bytes(size)}</td>
            <td class="mono soft hide">${version}</td>
          </tr>`,
        )}
      </tbody>
    </table></div>`}
    ${next && html`<div class="more"><button onClick=${more}>Show more</button></div>`}
  `;
}
