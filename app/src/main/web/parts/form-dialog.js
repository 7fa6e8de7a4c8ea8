// A form above the page; the server's refusal stands in it, so that nothing typed is lost.

import { html, useState } from "../lib/html.js";
import { Dialog } from "./dialog.js";

/** @param send gets the fields; the dialog closes when it has done its work */
export function FormDialog({ title, action, send, close, children }) {
  const [failure, setFailure] = useState(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.target));
    setBusy(true);
    try {
      await send(fields);
      close();
    } catch (error) {
      setFailure(error.message);
      setBusy(false);
    }
  };
  return html`<${Dialog} label=${title} close=${close}>
    <form onSubmit=${submit}>
      <h2>${title}</h2>
      ${children}
      ${failure && html`<p class="bad" role="alert">${failure}</p>`}
      <div class="end"><button type="button" onClick=${close}>Back</button><button class="main" disabled=${busy}>${action}</button></div>
    </form>
  <//>`;
}
