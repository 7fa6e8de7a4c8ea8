// The head of a page: its title, what can be done there, and the way to everywhere.

import { html } from "../lib/html.js";

export function Top({ title, crumb, tools, openMenu, openPalette, children }) {
  return html`<header class="top">
    <button class="menu" onClick=${openMenu} aria-label="Menu">☰</button>
    ${crumb}
    <h1>${title}</h1>
    ${children}
    <div class="tools">
      ${tools}
      <button class="find" onClick=${openPalette} aria-label="Go anywhere"><span>Go anywhere</span>⌕ <kbd>Ctrl K</kbd></button>
    </div>
  </header>`;
}
