// A time as people say it; the exact one when they point at it.

import { exact, moment, relative } from "../lib/format.js";
import { html } from "../lib/html.js";

export function Ago({ time, now }) {
  const at = typeof time === "number" ? time : moment(time);
  if (at === null || at === undefined) return html`<span class="soft">–</span>`;
  return html`<time datetime=${new Date(at).toISOString()} title=${exact(at)}>${relative(at, now)}</time>`;
}
