// The nodes in short: how busy each is.

import { moment, relative } from "../lib/format.js";
import { html } from "../lib/html.js";
import { Empty } from "./empty.js";

export function NodeLoad({ nodes, now }) {
  if (!nodes) return html`<p><span class="wait">loading the nodes</span></p>`;
  if (nodes.length === 0) return html`<${Empty} title="No node is online">Start one with <code>./pulzar start --role node</code>.<//>`;
  return html`<table>
    <caption class="hidden">Slots in use on each node</caption>
    <tbody>
      ${nodes.slice(0, 12).map((node) => html`<${Line} key=${node.node} node=${node} now=${now} />`)}
    </tbody>
  </table>`;
}

function Line({ node: { node, synch, draining, slots, free_slots, seen }, now }) {
  if (!synch) {
    return html`<tr><td class="soft">${node}</td><td class="soft" colspan="2">offline, seen ${relative(moment(seen), now)}</td></tr>`;
  }
  const used = Math.max(0, slots - free_slots);
  return html`<tr>
    <td class="grow" title=${node}>${node}${draining && html` <span class="tag">draining</span>`}</td>
    <td><${Bar} part=${slots ? used / slots : 0} label=${`${used} of ${slots} slots in use`} /></td>
    <td class="n soft">${used} of ${slots}</td>
  </tr>`;
}

/** A part of a whole, from 0 to 1. */
export function Bar({ part, label }) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, part)));
  return html`<div class=${percent > 90 ? "bar high" : "bar"} role="img" aria-label=${label}><i style=${{ width: `${percent}%` }} /></div>`;
}

/** A bar with its words beside it. */
export const Measure = ({ part, label, text }) => html`<div class="measure"><${Bar} part=${part} label=${label} /><span class="soft">${text}</span></div>`;
