// The shape of what is being loaded, so that nothing jumps when it is there.

import { html } from "../lib/html.js";

export function WaitingRows({ rows = 6, columns = 4 }) {
  return Array.from(
    { length: rows },
    (_, row) => html`<tr key=${`w${row}`} aria-hidden="true">
      ${Array.from({ length: columns }, (__, column) => html`<td key=${column} class=${column === 1 ? "grow" : ""}><span class="wait">${"…".repeat(column === 1 ? 8 + ((row * 7) % 12) : 3)}</span></td>`)}
    </tr>`,
  );
}
