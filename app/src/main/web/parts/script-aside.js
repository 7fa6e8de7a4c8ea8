// Beside a script: who wrote it, its limits, which nodes have it.

import { bytes } from "../lib/format.js";
import { html } from "../lib/html.js";
import { Ago } from "./ago.js";

export function ScriptAside({ script, now }) {
  const facts = [
    ["author", script.author],
    ["category", script.category],
    ["changed", script.changed && html`<${Ago} time=${script.changed} now=${now} />`],
    ["size", script.size && bytes(script.size)],
  ].filter(([, value]) => value);
  return html`<aside class="w4 stack">
    <section class="panel"><h2>About</h2><dl>${facts.map(([name, value]) => html`<dt key=${name}>${name}</dt><dd>${value}</dd>`)}</dl></section>
    <section class="panel"><h2>Limits</h2>
      <dl>${Object.entries(script.limits).map(([name, { value, chosen }]) => html`<dt key=${name}>${name}</dt><dd title=${chosen ? "the docstring says so" : "from the settings"}>${value}${chosen ? "" : html` <span class="soft">· default</span>`}</dd>`)}</dl>
    </section>
    ${script.args && html`<section class="panel"><h2>Arguments, as the script says</h2><pre class="box">${script.args}</pre></section>`}
  </aside>`;
}
