// The last notices, and what became of them.

import { get } from "../lib/api.js";
import { placeOf, standOf } from "../lib/alarms.js";
import { count } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { to } from "../lib/router.js";
import { Ago } from "./ago.js";
import { Empty } from "./empty.js";
import { Failure } from "./failure.js";
import { WaitingRows } from "./waiting.js";

const EVERY = 3000;

export function Notices() {
  const notices = useLoad((signal) => get("/admin/alarms/deliveries?limit=200", { signal }), "notices", { every: EVERY });
  const now = useNow();
  const rows = notices.data;
  return html`
    ${notices.error && html`<div class="pane"><${Failure} error=${notices.error} again=${notices.again} /></div>`}
    ${rows?.length === 0
      ? html`<${Empty} title="Nobody was told anything yet">What is told stands here, with what the receiver answered.<//>`
      : html`<div class="scroll"><table>
          <thead><tr><th>When</th><th>What</th><th>To</th><th>State</th><th>Outcome</th></tr></thead>
          <tbody>${rows ? rows.map((one) => html`<${Line} key=${one.id} notice=${one} now=${now} />`) : !notices.error && html`<${WaitingRows} rows=${5} columns=${5} />`}</tbody>
        </table></div>`}
  `;
}

function Line({ notice, now }) {
  const [word, colour] = standOf(notice.state);
  const place = placeOf(notice);
  return html`<tr>
    <td class="soft"><${Ago} time=${notice.created} now=${now} /></td>
    <td class="wrap">${place ? html`<a href=${to(place)}>${notice.title}</a>` : notice.title}</td>
    <td>${notice.receiver}${notice.to && html` <span class="soft">${notice.to}</span>`}</td>
    <td><span class=${`state ${colour}`} title=${word}><span>${word}</span></span></td>
    <td class="wrap soft">${notice.attempts > 1 ? `${count(notice.attempts, "attempt")}; ` : ""}${notice.outcome}${notice.next && html`, next <${Ago} time=${notice.next} now=${now} />`}</td>
  </tr>`;
}
