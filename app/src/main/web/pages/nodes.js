// The nodes: how busy each is, and what can be done with it.

import { get, post, segments } from "../lib/api.js";
import { count, moment, number } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { to } from "../lib/router.js";
import { Ago } from "../parts/ago.js";
import { Confirm } from "../parts/dialog.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { Bar } from "../parts/node-load.js";
import { State } from "../parts/state.js";
import { attempt, toast } from "../parts/toasts.js";
import { Top } from "../parts/top.js";
import { WaitingRows } from "../parts/waiting.js";

const EVERY = 2000;

export default function Nodes({ route, ...frame }) {
  const nodes = useLoad((signal) => get("/admin/network", { signal }), "nodes", { every: EVERY });
  const now = useNow();
  return html`<${Top} title="Nodes" ...${frame} />
    <div class="body"><section class="panel flat w12" aria-label="Nodes">
      ${nodes.error && html`<${Failure} error=${nodes.error} again=${nodes.again} />`}
      ${nodes.data?.length === 0
        ? html`<${Empty} title="No node is online">Start one with <code>./pulzar start --role node --master ${location.origin}</code>, with the key of this cluster.<//>`
        : html`<div class="scroll"><table>
            <thead><tr><th>Node</th><th>State</th><th>Slots</th><th>Processors</th><th>Memory</th><th>Disk</th><th class="n">Values</th><th class="n">Scripts</th><th>Version</th><th><span class="hidden">Actions</span></th></tr></thead>
            <tbody>${nodes.data ? nodes.data.map((node) => html`<${Line} key=${node.node} node=${node} now=${now} again=${nodes.again} />`) : html`<${WaitingRows} rows=${3} columns=${10} />`}</tbody>
          </table></div>`}
    </section></div>`;
}

function Line({ node, now, again }) {
  const used = Math.max(0, node.slots - node.free_slots);
  const state = node.synch ? (node.draining ? "draining" : "online") : "offline";
  const measured = (percent, words) => (node.synch ? html`<div class="measure"><${Bar} part=${percent / 100} label=${`${words} ${Math.round(percent)} %`} /><span class="soft">${Math.round(percent)} %</span></div>` : "–");
  return html`<tr>
    <td><a class="link" href=${to(["runs"], { node: node.node })} title=${node.url}>${node.node}</a> ${node.labels.map((label) => html`<span class="tag" key=${label}>${label}</span>`)}</td>
    <td><${State} state=${state} />${!node.synch && html` <span class="soft">since <${Ago} time=${moment(node.seen)} now=${now} /></span>`}</td>
    <td>${node.synch ? html`<div class="measure"><${Bar} part=${node.slots ? used / node.slots : 0} label=${`${used} of ${node.slots} slots in use`} /><span class="soft">${used} of ${node.slots}</span></div>` : "–"}</td>
    <td>${measured(node.load, "processors")}</td>
    <td>${measured(node.memory, "memory")}</td>
    <td>${measured(node.percent, "disk")}</td>
    <td class="n">${number(node.values)}</td>
    <td class="n">${number(node.scripts)}</td>
    <td class="soft">${node.version}${node.synch && !node.compiled && html` <span class="tag" title="There is no compiler for this JDK: scripts run interpreted">interpreted</span>`}</td>
    <td class="n"><${Actions} node=${node} again=${again} /></td>
  </tr>`;
}

function Actions({ node: { node, draining, synch, values }, again }) {
  const may = useMay();
  const [asking, setAsking] = useState(false);
  if (!may("operate")) return null;
  const act = (path) => () =>
    attempt(async () => {
      toast((await post(`/admin/network/${segments(node)}/${path}`)).msg);
      again();
    });
  const remove = act(synch ? "remove" : "remove?force=true");
  return html`
    <button class="plain" onClick=${act(draining ? "resume" : "drain")} title=${draining ? "It may take work again" : "It gets nothing new; what runs there goes on"}>${draining ? "Resume" : "Drain"}</button>
    <button class="plain danger" onClick=${() => setAsking(true)}>Remove</button>
    ${asking &&
    html`<${Confirm} title=${`Remove ${node}?`} action="Remove the node" run=${remove} close=${() => setAsking(false)}>
      <p>${synch ? `Drain it first. Its ${count(values, "value")} must be on other nodes too; otherwise the server refuses and says what is left.` : `It is offline: ${count(values, "value")} that it held, and no other node has, are lost with it.`}</p>
    <//>`}
  `;
}
