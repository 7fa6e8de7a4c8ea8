// How each part of the server is.

import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { Failure } from "./failure.js";
import { State } from "./state.js";
import { fetchHealth } from "./troubles.js";
import { WaitingRows } from "./waiting.js";

const WORDS = { up: "works", starting: "is starting", down: "does not work" };

export function HealthTable() {
  const health = useLoad(fetchHealth, "health", { every: 3000 });
  if (health.error) return html`<div class="pane"><${Failure} error=${health.error} again=${health.again} /></div>`;
  return html`<div class="scroll"><table>
    <thead><tr><th>Part</th><th>State</th><th>Detail</th></tr></thead>
    <tbody>
      ${health.data
        ? Object.entries(health.data.parts).map(([name, { state, detail }]) => html`<tr key=${name}><td>${name}</td><td><${State} state=${state}>${WORDS[state]}<//></td><td class="wrap soft">${detail}</td></tr>`)
        : html`<${WaitingRows} rows=${3} columns=${3} />`}
    </tbody>
  </table></div>`;
}
