// Text records and shared values, and how far the copies of them are.

import { html, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { kinds } from "../lib/records.js";
import { replaceQuery } from "../lib/router.js";
import { RecordDialog } from "../parts/record-dialog.js";
import { RecordList } from "../parts/record-list.js";
import { Replication } from "../parts/replication.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

export default function Records({ route, ...frame }) {
  const tab = route.query.tab === "replication" || kinds[route.query.tab] ? route.query.tab : "texts";
  const [shown, setShown] = useState(null);
  const [round, setRound] = useState(0);
  const may = useMay();
  const kind = kinds[tab];
  const tools = kind && may("write_data") && html`<button onClick=${() => setShown({ name: null })}>${kind.fresh}</button>`;
  return html`<${Top} title="Records" tools=${tools} ...${frame} />
    <div class="body"><section class="panel flat w12">
      <${Tabs} tabs=${[...Object.entries(kinds).map(([name, { title }]) => [name, title]), ["replication", "Replication"]]} chosen=${tab} choose=${(name) => replaceQuery({ tab: name })} label="Views of the records" />
      <div role="tabpanel">
        ${kind
          ? html`<${RecordList} key=${tab} kind=${kind} round=${round} prefix=${route.query.prefix ?? ""} change=${(prefix) => replaceQuery({ tab, prefix })} show=${setShown} />`
          : html`<${Replication} />`}
      </div>
      ${kind && shown && html`<${RecordDialog} kind=${kind} name=${shown.name} done=${() => setRound(round + 1)} close=${() => setShown(null)} />`}
    </section></div>`;
}
