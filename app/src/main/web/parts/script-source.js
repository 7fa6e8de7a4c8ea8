// The source of a script; the lines that an error names are marked.

import { get, segments } from "../lib/api.js";
import { html, useEffect, useRef } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { coloured, linesNamed } from "../lib/python-words.js";
import { Failure } from "./failure.js";

export function ScriptSource({ path, error }) {
  const script = useLoad((signal) => get(`/admin/scripts/${segments(path)}`, { signal }), path);
  if (script.error) return html`<div class="pane"><${Failure} error=${script.error} again=${script.again} /></div>`;
  if (!script.data) return html`<div class="pane"><span class="wait">loading the source of the script</span></div>`;
  return html`<${Source} text=${script.data.source} marks=${linesNamed(error, path)} />`;
}

export function Source({ text, marks = [] }) {
  const box = useRef(null);
  useEffect(() => box.current?.querySelector("[data-mark]")?.scrollIntoView({ block: "center" }), [text]);
  return html`<pre class="source" ref=${box} tabindex="0" aria-label="Source">${coloured(text).map(
    (parts, at) => html`<p key=${at} data-mark=${marks.includes(at + 1) || undefined}>${parts.map(({ text, kind }) => (kind ? html`<span class=${kind}>${text}</span>` : text))}</p>`,
  )}</pre>`;
}
