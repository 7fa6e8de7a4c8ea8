// A field for Python source. The text lies in a plain text field, so that everything a browser can do with text works;
// its colours and line numbers lie beneath.

import { commented, continued, indented, outdented } from "../lib/editing.js";
import { html, useLayoutEffect, useRef } from "../lib/html.js";
import { coloured } from "../lib/python-words.js";

/** @param save is called on Ctrl S */
export function CodeEditor({ text, change, save, label = "Source" }) {
  const field = useRef(null);
  const chosen = useRef(null);
  const leaving = useRef(false);
  useLayoutEffect(() => {
    if (!chosen.current) return;
    field.current.setSelectionRange(...chosen.current);
    chosen.current = null;
  }, [text]);
  const apply = (action) => {
    const { value, selectionStart, selectionEnd } = field.current;
    const next = action({ text: value, from: selectionStart, to: selectionEnd });
    chosen.current = [next.from, next.to];
    change(next.text);
  };
  const pressed = (event) => {
    const action = actionOf(event, leaving.current);
    leaving.current = event.key === "Escape";
    if (!action) return;
    event.preventDefault();
    if (action === "save") save();
    else apply(action);
  };
  return html`<div class="editor">
    <pre class="source" aria-hidden="true">${coloured(text).map(
      (parts, at) => html`<p key=${at}>${parts.map((part) => (part.kind ? html`<span class=${part.kind}>${part.text}</span>` : part.text))}</p>`,
    )}</pre>
    <textarea
      ref=${field}
      aria-label=${label}
      aria-describedby="editor-keys"
      spellcheck="false"
      autocapitalize="off"
      autocomplete="off"
      wrap="soft"
      value=${text}
      onInput=${(event) => change(event.target.value)}
      onKeyDown=${pressed}
    />
    <span class="hidden" id="editor-keys">Tab moves lines in; press Escape and then Tab to leave the field.</span>
  </div>`;
}

/** Escape lets the next Tab out of the field, for people who have no mouse. */
function actionOf(event, leaving) {
  const control = event.ctrlKey || event.metaKey;
  if (control && event.key === "s") return "save";
  if (control && event.key === "/") return commented;
  if (control || event.altKey) return null;
  if (event.key === "Tab" && !leaving) return event.shiftKey ? outdented : indented;
  if (event.key === "Enter" && !event.shiftKey) return continued;
  return null;
}
