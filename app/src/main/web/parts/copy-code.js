// The same launch from a shell or from Python, to copy.

import { curlOf, pythonOf } from "../lib/code.js";
import { html, useState } from "../lib/html.js";
import { Dialog } from "./dialog.js";

export function CopyCode({ path, parameters, close }) {
  return html`<${Dialog} label="The same from elsewhere" close=${close} wide>
    <div class="inside">
      <h2>The same from a shell</h2>
      <${Copied} text=${curlOf(location.origin, path, parameters)} />
      <h2 class="later">The same from Python</h2>
      <${Copied} text=${pythonOf(location.origin, path, parameters)} />
      <div class="end"><button type="button" class="main" onClick=${close}>Close</button></div>
    </div>
  <//>`;
}

export function Copied({ text }) {
  const [done, setDone] = useState("Copy");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone("Copied");
    } catch {
      setDone("Select it and press Ctrl C"); // A page that came over plain HTTP from another machine has no clipboard.
    }
    setTimeout(() => setDone("Copy"), 2000);
  };
  return html`<div class="copied"><pre class="box">${text}</pre><button type="button" onClick=${copy}>${done}</button></div>`;
}
