// What can be done with a node.

import { post, segments } from "../lib/api.js";
import { count } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { Confirm } from "./dialog.js";
import { attempt, toast } from "./toasts.js";

/** `online`, `draining` or `offline`. */
export function nodeState({ synch, draining }) {
  if (!synch) return "offline";
  return draining ? "draining" : "online";
}

export function NodeActions({ node: { node, draining, synch, values }, again }) {
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
