// What changed from one source to another.

import { difference, shortened } from "../lib/diff.js";
import { html, useMemo } from "../lib/html.js";

const SIGNS = { same: " ", out: "−", in: "+", gap: "" };

export function SourceDiff({ before, after }) {
  const lines = useMemo(() => shortened(difference(before, after)), [before, after]);
  if (lines.every(({ kind }) => kind === "gap")) return html`<p class="soft">They are the same.</p>`;
  return html`<pre class="diff" tabindex="0" aria-label="What changed">${lines.map(
    ({ kind, text, old, now }, at) => html`<p key=${at} class=${kind}><i>${old ?? ""}</i><i>${now ?? ""}</i><b>${SIGNS[kind]}</b>${text}</p>`,
  )}</pre>`;
}
