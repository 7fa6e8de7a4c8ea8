// How far the nodes and the other installations are with the records.

import { get, post } from "../lib/api.js";
import { count, number } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { Ago } from "./ago.js";
import { Failure } from "./failure.js";
import { State } from "./state.js";
import { attempt, toast } from "./toasts.js";

const SHAPE = { current: "online", behind: "starting", down: "offline", lost: "offline" };

export function Replication() {
  const report = useLoad((signal) => get("/admin/records", { signal }), "records", { every: 2000 });
  const now = useNow();
  const may = useMay();
  const verify = () => attempt(async () => toast((await post("/admin/records/verify")).msg));
  if (report.error && !report.data) return html`<div class="pane"><${Failure} error=${report.error} again=${report.again} /></div>`;
  if (!report.data) return html`<div class="pane"><span class="wait">asking how far the copies are</span></div>`;
  const { texts, shared, revision, nodes, receivers, conflict_bytes: conflicts } = report.data;
  return html`
    <div class="filters">
      <span>${count(texts, "text")}, ${count(shared, "shared value")}; revision ${number(revision)}${conflicts ? `; ${number(conflicts)} bytes of conflicts are kept` : ""}</span>
      ${may("operate") && html`<button class="right" onClick=${verify}>Verify</button>`}
    </div>
    <div class="scroll"><table>
      <thead><tr><th>Copy</th><th>State</th><th class="n">Behind</th><th class="n hide">Refused</th><th class="hide">Compared</th><th>Last error</th></tr></thead>
      <tbody>
        ${nodes.map(({ node, state, changes_behind: behind }) => html`<tr key=${`n ${node}`}><td>${node}</td><td><${State} state=${SHAPE[state]}>${state}<//></td><td class="n">${count(behind, "change")}</td><td class="hide"></td><td class="hide"></td><td></td></tr>`)}
        ${receivers.map(
          (one) => html`<tr key=${`r ${one.server}`}>
            <td>${one.server}</td>
            <td><${State} state=${SHAPE[one.state]}>${one.state}<//></td>
            <td class="n">${count(one.changes_behind, "change")}${one.seconds_behind ? `, ${count(one.seconds_behind, "second")}` : ""}</td>
            <td class="n hide">${number(one.refused)}</td>
            <td class="hide">${one.compared ? html`<${Ago} time=${one.compared} now=${now} />` : "never"}</td>
            <td class="wrap soft">${one.last_error}</td>
          </tr>`,
        )}
        ${nodes.length + receivers.length === 0 && html`<tr><td colspan="6" class="soft">No other server has a copy. Nodes follow by themselves; other installations are named in servers.list.</td></tr>`}
      </tbody>
    </table></div>`;
}
