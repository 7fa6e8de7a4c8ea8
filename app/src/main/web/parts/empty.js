// What is shown where there is nothing yet: what to do first.

import { html } from "../lib/html.js";

export function Empty({ title, children }) {
  return html`<div class="empty"><b>${title}</b><p>${children}</p></div>`;
}
