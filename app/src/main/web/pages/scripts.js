// The catalog: every script that can be launched, as a tree.

import { get } from "../lib/api.js";
import { count } from "../lib/format.js";
import { html, useMemo, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { matching } from "../lib/match.js";
import { useMay } from "../lib/rights.js";
import { replaceQuery } from "../lib/router.js";
import { Empty } from "../parts/empty.js";
import { ExtensionList } from "../parts/extension-list.js";
import { Failure } from "../parts/failure.js";
import { NewScript } from "../parts/new-script.js";
import { ScriptTree } from "../parts/script-tree.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

const EVERY = 5000;

export default function Scripts({ route, ...frame }) {
  const kind = route.query.kind === "extensions" ? "extensions" : "jobs";
  const [adding, setAdding] = useState(false);
  const may = useMay();
  const tools = may("write_scripts") && html`<button onClick=${() => setAdding(true)}>${kind === "jobs" ? "New script" : "New extension"}</button>`;
  const change = (part) => replaceQuery({ ...route.query, ...part });
  return html`<${Top} title="Scripts" tools=${tools} ...${frame} />
    <div class="body">
      <section class="panel flat w12">
        <${Tabs} tabs=${[["jobs", "Jobs"], ["extensions", "Extensions"]]} chosen=${kind} choose=${(name) => replaceQuery({ kind: name === "jobs" ? "" : name })} label="Kinds of scripts" />
        <div role="tabpanel">
          ${kind === "jobs" && html`<${Catalog} query=${route.query} change=${change} />`}
          ${kind === "extensions" && html`<${ExtensionList} text=${route.query.text ?? ""} change=${(text) => change({ text })} />`}
        </div>
      </section>
    </div>
    ${adding && html`<${NewScript} kind=${kind} close=${() => setAdding(false)} />`}`;
}

function Catalog({ query, change }) {
  const catalog = useLoad((signal) => get("/admin/job_catalog", { signal }), "catalog", { every: EVERY });
  const { text = "", category = "", author = "" } = query;
  const all = catalog.data ?? [];
  const found = useMemo(
    () =>
      matching(all, text, ({ path, description, category, author }) => `${path} ${description} ${category} ${author}`)
        .filter((script) => (!category || script.category === category) && (!author || script.author === author))
        .sort((one, other) => one.path.localeCompare(other.path)),
    [catalog.data, text, category, author],
  );
  return html`
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" aria-label="Search scripts" placeholder="Search name, description, author" value=${text} onInput=${(event) => change({ text: event.target.value })} />
      <${Choice} label="category" values=${all.map((script) => script.category)} value=${category} choose=${(value) => change({ category: value })} />
      <${Choice} label="author" values=${all.map((script) => script.author)} value=${author} choose=${(value) => change({ author: value })} />
    </form>
    ${catalog.error && html`<${Failure} error=${catalog.error} again=${catalog.again} />`}
    ${catalog.data && found.length > 0 && html`<${ScriptTree} scripts=${found} open=${Boolean(text || category || author) || all.length < 200} />`}
    ${catalog.data && found.length === 0 && html`<${Nothing} any=${all.length > 0} />`}
    ${!catalog.data && !catalog.error && html`<div class="pane"><span class="wait">loading the scripts of the jobs directory</span></div>`}
    ${catalog.data && html`<div class="more" role="status">${count(found.length, "script")}</div>`}
  `;
}

function Choice({ label, values, value, choose }) {
  const each = [...new Set(values.filter(Boolean))].sort();
  if (each.length < 2 && !value) return null;
  return html`<select aria-label=${label} value=${value} onChange=${(event) => choose(event.target.value)}>
    <option value="">${`every ${label}`}</option>
    ${each.map((one) => html`<option key=${one} value=${one}>${one}</option>`)}
  </select>`;
}

function Nothing({ any }) {
  return any
    ? html`<${Empty} title="No script is like that">Take a word out of the search.<//>`
    : html`<${Empty} title="There are no scripts yet">Put a Python file into the jobs directory: <code>jobs/mine/wordcount.py</code> with a class <code>Wordcount</code>. It shows up here at once, without a restart.<//>`;
}
