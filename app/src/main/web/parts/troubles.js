// What is wrong now, each with what to do about it; nothing when all is well.

import { request } from "../lib/api.js";
import { moment, relative } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { to } from "../lib/router.js";

const EVERY = 5000;
const MOST = 5;

export function Troubles({ nodes, now }) {
  const health = useLoad(fetchHealth, "health", { every: EVERY });
  const troubles = [...ofParts(health.data), ...ofNodes(nodes, now)];
  if (troubles.length === 0) return null;
  const more = troubles.length - MOST;
  return html`<div class="w12 stack" role="status">
    ${troubles.slice(0, MOST).map(
      ({ words, cure, href, link, state }) =>
        html`<section class=${`panel notice ${state === "down" ? "failed" : ""}`} key=${words}>
          <span><b>${words}</b> ${cure}</span>${href && html`<a class="link" href=${href}>${link}</a>`}
        </section>`,
    )}
    ${more > 0 && html`<p class="soft">… and ${more} more</p>`}
  </div>`;
}

/** Being unwell is an answer here, not a failure. */
export async function fetchHealth(signal) {
  try {
    return (await request("GET", "/health", { signal })).data;
  } catch (error) {
    if (error.data?.parts) return error.data;
    throw error;
  }
}

function ofParts(health) {
  return Object.entries(health?.parts ?? {})
    .filter(([, part]) => part.state !== "up")
    .map(([name, { state, detail }]) => ({
      words: state === "starting" ? `${name} is starting.` : `${name} does not work.`,
      cure: detail,
      state,
      href: to(["settings"], { tab: "health" }),
      link: "Look at all parts",
    }));
}

function ofNodes(nodes, now) {
  if (!nodes) return [];
  if (nodes.length === 0) {
    return [{ words: "No node is online.", cure: "What is launched waits until one is. Start one with ./pulzar start --role node.", href: to(["nodes"]), link: "Look at the nodes" }];
  }
  return nodes
    .filter((node) => !node.synch)
    .map(({ node, seen }) => ({
      words: `Node ${node} is offline.`,
      cure: `It was last seen ${relative(moment(seen), now)}. Its runs start again elsewhere; values that only it holds can't be read until it is back.`,
      href: to(["nodes"]),
      link: `Look at ${node}`,
    }));
}
