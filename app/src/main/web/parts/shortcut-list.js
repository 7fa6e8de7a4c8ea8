// What keys do; shown by `?`.

import { html } from "../lib/html.js";
import { SHORTCUTS } from "../lib/shortcuts.js";
import { Dialog } from "./dialog.js";

export function ShortcutList({ close }) {
  return html`<${Dialog} label="Keyboard" close=${close}>
    <div class="inside">
      <h2>Keyboard</h2>
      <dl class="left">
        ${SHORTCUTS.map(([keys, does]) => html`<dt key=${keys}>${keys.split(" ").map((part) => (/^(then|or|and)$/.test(part) ? ` ${part} ` : html`<kbd>${part}</kbd> `))}</dt><dd>${does}</dd>`)}
      </dl>
      <div class="end"><button onClick=${close} autofocus>Close</button></div>
    </div>
  <//>`;
}
