// Several views of one thing; the arrow keys go from one to the next.

import { html, useRef } from "../lib/html.js";

/** @param tabs `[[name, title], …]` */
export function Tabs({ tabs, chosen, choose, label }) {
  const list = useRef(null);
  const pressed = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === chosen);
    const next = (at + step + tabs.length) % tabs.length;
    choose(tabs[next][0]);
    list.current.querySelectorAll("[role=tab]")[next].focus();
  };
  return html`<div class="tabs" role="tablist" aria-label=${label} ref=${list} onKeyDown=${pressed}>
    ${tabs.map(
      ([name, title]) => html`<button key=${name} role="tab" aria-selected=${name === chosen} tabindex=${name === chosen ? 0 : -1} onClick=${() => choose(name)}>${title}</button>`,
    )}
  </div>`;
}
