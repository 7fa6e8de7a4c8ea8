// Stored values, browsed by the folders that their keys make, or found by what their keys contain and when they were written.

import { address, get, request, segments } from "../lib/api.js";
import { bytes, clock, count, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { keyAddress, levelOf, question, searching } from "../lib/keys.js";
import { useLoad, useSettled } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { replaceQuery, to } from "../lib/router.js";
import { Confirm } from "../parts/dialog.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { KeysFilter } from "../parts/keys-filter.js";
import { attempt, toast } from "../parts/toasts.js";
import { Top } from "../parts/top.js";
import { Upload } from "../parts/upload.js";
import { ValuePreview } from "../parts/value-preview.js";
import { WaitingRows } from "../parts/waiting.js";

const PAGE = 1000;

export default function Keys({ route, ...frame }) {
  const filter = { prefix: "/", ...route.query };
  const settled = useSettled(route.query);
  const wanted = { prefix: "/", ...settled };
  const asked = JSON.stringify(question(wanted));
  const [further, setFurther] = useState({ asked, pages: [] });
  const [shown, setShown] = useState(null);
  const page = (after, options) => get(address("/keys", { ...JSON.parse(asked), after, limit: PAGE }), options);
  const first = useLoad((signal) => page("", { signal }), asked);
  const may = useMay();
  const older = further.asked === asked ? further.pages : [];
  const pages = first.data ? [first.data, ...older] : [];
  const next = pages.at(-1)?.next;
  const folder = wanted.prefix.slice(0, wanted.prefix.lastIndexOf("/") + 1);
  const keys = pages.flatMap((found) => found.keys);
  const { folders, values } = searching(wanted) ? { folders: [], values: keys.map((row) => ({ ...row, name: row.key })) } : levelOf(keys, folder);
  const again = () => {
    setFurther({ asked, pages: [] });
    first.again();
  };
  const more = () => attempt(async () => setFurther({ asked, pages: [...older, await page(next)] }));
  return html`<${Top} title="Keys" ...${frame} />
    <div class="body">
      ${may("write_data") && html`<div class="w12"><${Upload} folder=${folder} done=${again} /></div>`}
      <section class="panel flat w12" aria-label="Keys">
        <${KeysFilter} query=${filter} change=${(change) => replaceQuery({ ...route.query, ...change })} />
        <${Crumbs} folder=${folder} />
        ${first.error && html`<${Failure} error=${first.error} again=${first.again} />`}
        ${first.data && folders.length + values.length === 0
          ? html`<${Nothing} any=${wanted.prefix !== "/" || searching(wanted)} />`
          : html`<div class="scroll"><table>
              <thead><tr><th>Key</th><th class="n">Size</th><th class="n hide">Written</th><th class="n hide">Goes</th><th class="hide">Node</th><th><span class="hidden">Actions</span></th></tr></thead>
              <tbody>
                ${!first.data && html`<${WaitingRows} rows=${8} columns=${6} />`}
                ${folders.map(({ name, count: n }) => html`<tr key=${name}><td class="grow"><a href=${to(["keys"], { prefix: folder + name })}>${name}</a></td><td class="n soft" colspan="5">${count(n, "key")}${next ? " or more" : ""}</td></tr>`)}
                ${values.map((value) => html`<${Value} key=${value.key} value=${value} may=${may} show=${() => setShown(value)} again=${again} />`)}
              </tbody>
            </table></div>`}
        ${next && html`<div class="more"><button onClick=${more}>Show more</button></div>`}
      </section>
      ${shown && html`<${ValuePreview} value=${shown} close=${() => setShown(null)} />`}
    </div>`;
}

function Crumbs({ folder }) {
  const names = folder.split("/").filter(Boolean);
  return html`<nav class="filters crumbs" aria-label="Folders">
    <a class="link" href="#/keys">/</a>
    ${names.map((name, at) => html`<a class="link" key=${at} href=${to(["keys"], { prefix: `/${names.slice(0, at + 1).join("/")}/` })}>${name}/</a>`)}
  </nav>`;
}

function Value({ value, may, show, again }) {
  const [asking, setAsking] = useState(false);
  const remove = () =>
    attempt(async () => {
      await request("DELETE", `/delete_key/${segments(value.key.slice(1))}`);
      toast(`${value.key} was deleted`);
      again();
    });
  return html`<tr>
    <td class="grow"><a href=${keyAddress(value.key)} title=${value.key} onClick=${(event) => (event.preventDefault(), show())}>${value.name}</a></td>
    <td class="n">${bytes(value.size)}</td>
    <td class="n soft hide">${clock(moment(value.date))}</td>
    <td class="n soft hide">${value.expires ? clock(moment(value.expires)) : "never"}</td>
    <td class="soft hide">${value.node}${value.copies > 1 ? ` and ${value.copies - 1} more` : ""}</td>
    <td class="n"><a class="button plain" href=${keyAddress(value.key)} download=${value.name}>Download</a>
      ${may("write_data") && html`<button class="plain danger" onClick=${() => setAsking(true)}>Delete</button>`}
      ${asking && html`<${Confirm} title="Delete this value?" action="Delete it" run=${remove} close=${() => setAsking(false)}><p>${value.key}, ${bytes(value.size)}, with all its copies. This can't be undone.</p><//>`}
    </td>
  </tr>`;
}

function Nothing({ any }) {
  return any
    ? html`<${Empty} title="No key is like this"><a href="#/keys">Show all keys</a>.<//>`
    : html`<${Empty} title="No values are stored yet">Drop files above, or send one: <code>curl -LT report.pdf ${location.origin}/add_key/reports/report.pdf</code><//>`;
}
