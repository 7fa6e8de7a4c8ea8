// Who did what, from where, and how it went.

import { moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useNow, useSettled } from "../lib/load.js";
import { pageOf, useNamedList } from "../lib/named-list.js";
import { replaceQuery } from "../lib/router.js";
import { Ago } from "../parts/ago.js";
import { Empty } from "../parts/empty.js";
import { NamedTable } from "../parts/named-table.js";
import { attempt } from "../parts/toasts.js";
import { Top } from "../parts/top.js";

const PATH = "/access/audit";
const PAGE = 100;

/** Rows of one request of an export, and how many a file of this page holds. */
const AT_ONCE = 1000;
const MOST = 200000;

const OUTCOMES = [["", "every outcome"], ["done", "done"], ["refused", "refused"], ["failed", "refused or failed"]];
const SPANS = [["", "any time"], ["24", "last 24 hours"], ["168", "last 7 days"], ["720", "last 30 days"]];

export default function Audit({ route, ...frame }) {
  const { text = "", outcome = "", span = "", since = "" } = useSettled(route.query, 150);
  const list = useNamedList(PATH, { query: { limit: PAGE, text, outcome, since: span && since }, parameter: "before" });
  const now = useNow();
  const change = (part) => replaceQuery({ ...route.query, ...part });
  return html`<${Top} title="Audit" tools=${html`<${Export} query=${{ text, outcome, since: span && since }} />`} ...${frame} />
    <div class="body"><section class="panel flat w12" aria-label="Audit">
      <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
        <input type="search" aria-label="Search the audit log" placeholder="Search who, from where, what" value=${route.query.text ?? ""} onInput=${(event) => change({ text: event.target.value })} />
        <select aria-label="Outcome" value=${route.query.outcome ?? ""} onChange=${(event) => change({ outcome: event.target.value })}>
          ${OUTCOMES.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
        </select>
        <select aria-label="Time" value=${route.query.span ?? ""} onChange=${(event) => change({ span: event.target.value, since: sinceOf(event.target.value) })}>
          ${SPANS.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
        </select>
      </form>
      <${NamedTable}
        list=${list}
        head=${html`<th>When</th><th>Who</th><th class="hide">From</th><th>What</th><th class="n">Outcome</th>`}
        columns=${5}
        line=${(entry) => html`<${Line} key=${entry.number} entry=${entry} now=${now} />`}
        empty=${html`<${Empty} title="Nothing is like that">What changes something, and what is refused, is written down while the server asks who sends a request.<//>`}
        one="entry"
        many="entries"
      />
    </section></div>`;
}

const sinceOf = (hours) => (hours ? new Date(Date.now() - Number(hours) * 3600000).toISOString().replace(/\.\d+Z/, "Z") : "");

function Line({ entry, now }) {
  return html`<tr>
    <td class="soft"><${Ago} time=${moment(entry.time)} now=${now} /></td>
    <td>${entry.who}</td>
    <td class="soft hide">${entry.from}</td>
    <td class="mono wrap what">${entry.what}</td>
    <td class="n ${entry.status >= 400 ? "bad" : "good"}">${wordOf(entry.status)} <span class="soft hide">${entry.status}</span></td>
  </tr>`;
}

function wordOf(status) {
  if ([401, 403, 429].includes(status)) return "refused";
  return status >= 400 ? "failed" : "done";
}

/** All that is found as a file with a JSON object a line. */
function Export({ query }) {
  const [busy, setBusy] = useState(false);
  const start = () =>
    attempt(async () => {
      setBusy(true);
      try {
        save(await linesOf(query));
      } finally {
        setBusy(false);
      }
    });
  return html`<button onClick=${start} disabled=${busy}>${busy ? "Collecting …" : "Export"}</button>`;
}

async function linesOf(query) {
  const lines = [];
  let before = "";
  do {
    const page = await pageOf(PATH, { ...query, limit: AT_ONCE, before }, "before");
    lines.push(...page.rows.map((row) => JSON.stringify(row)));
    before = page.next;
  } while (before && lines.length < MOST);
  return `${lines.join("\n")}\n`;
}

function save(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  link.download = `pulzar-audit-${new Date().toISOString().slice(0, 10)}.ndjson`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
