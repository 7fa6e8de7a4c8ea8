// A question above the page. The browser keeps the focus in it and closes it by Escape.

import { html, useLayoutEffect, useRef } from "../lib/html.js";

export function Dialog({ label, close, wide, className, children }) {
  const dialog = useRef(null);
  // Before the next key comes: it belongs to the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current.showModal();
    return () => before?.focus?.();
  }, []);
  const outside = (event) => event.target === dialog.current && close();
  return html`<dialog
    ref=${dialog}
    class=${[wide && "wide", className].filter(Boolean).join(" ")}
    aria-label=${label}
    onClose=${close}
    onMouseDown=${outside}
  >
    ${children}
  </dialog>`;
}

/** Asks before something that can't be undone. */
export function Confirm({ title, children, action, danger = true, run, close }) {
  const submit = (event) => {
    event.preventDefault();
    run();
    close();
  };
  return html`<${Dialog} label=${title} close=${close}>
    <form onSubmit=${submit}>
      <h2>${title}</h2>
      ${children}
      <div class="end">
        <button type="button" onClick=${close}>Back</button>
        <button class=${danger ? "danger" : "main"} autofocus>${action}</button>
      </div>
    </form>
  <//>`;
}
