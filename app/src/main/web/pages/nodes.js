// The nodes: how busy each is, and what can be done with it.

import { get } from "../lib/api.js";
import { moment, number } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { to } from "../lib/router.js";
import { Ago } from "../parts/ago.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { NodeActions, nodeState } from "../parts/node-actions.js";
import { Measure } from "../parts/node-load.js";
import { State } from "../parts/state.js";
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
  return html`<tr>
    <td><a class="link" href=${to(["nodes", node.node])} title=${node.url}>${node.node}</a> ${node.labels.map((label) => html`<span class="tag" key=${label}>${label}</span>`)}</td>
    <td><${State} state=${nodeState(node)} />${!node.synch && html` <span class="soft">since <${Ago} time=${moment(node.seen)} now=${now} /></span>`}</td>
    <td>${node.synch ? html`<${Measure} part=${node.slots ? used / node.slots : 0} label=${`${used} of ${node.slots} slots in use`} text=${`${used} of ${node.slots}`} />` : "–"}</td>
    <td><${Percent} node=${node} percent=${node.load} of="processors" /></td>
    <td><${Percent} node=${node} percent=${node.memory} of="memory" /></td>
    <td><${Percent} node=${node} percent=${node.percent} of="disk" /></td>
    <td class="n">${number(node.values)}</td>
    <td class="n">${number(node.scripts)}</td>
    <td class="soft">${node.version}${node.synch && !node.compiled && html` <span class="tag" title="There is no compiler for this JDK: scripts run interpreted">interpreted</span>`}</td>
    <td class="n"><${NodeActions} node=${node} again=${again} /></td>
  </tr>`;
}

const Percent = ({ node, percent, of }) => (node.synch ? html`<${Measure} part=${percent / 100} label=${`${of} ${Math.round(percent)} %`} text=${`${Math.round(percent)} %`} />` : "–");
