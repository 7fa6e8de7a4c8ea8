// What went wrong and what to do, in place of what could not be loaded.

import { html } from "../lib/html.js";

export function Failure({ error, again }) {
  return html`<div class="panel notice failed" role="alert">
    <span>${error.message}</span>
    ${again && html`<button onClick=${again}>Try again</button>`}
  </div>`;
}
