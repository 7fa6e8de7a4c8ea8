// Short news at the edge: what was done, or why it was not.

import { html, useEffect, useState } from "../lib/html.js";

const LASTS = 6000;
let show = () => {};
let last = 0;

/** `toast("Started run 7", {href: "#/runs/7", link: "Look at it"})` */
export function toast(text, { href, link, failed = false } = {}) {
  show({ id: ++last, text, href, link, failed });
}

/** Runs what was clicked, and says why it did not work. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message, { failed: true });
    return undefined;
  }
}

export function Toasts() {
  const [toasts, setToasts] = useState([]);
  const remove = (id) => setToasts((all) => all.filter((one) => one.id !== id));
  useEffect(() => {
    show = (one) => {
      setToasts((all) => [...all.slice(-3), one]);
      setTimeout(() => remove(one.id), one.failed ? 2 * LASTS : LASTS);
    };
    return () => {
      show = () => {};
    };
  }, []);
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.map(
      ({ id, text, href, link, failed }) =>
        html`<div key=${id} class=${failed ? "toast failed" : "toast"}>
          <span>${text}</span>${href && html`<a href=${href} onClick=${() => remove(id)}>${link}</a>`}
          <button class="plain right" aria-label="Close" onClick=${() => remove(id)}>×</button>
        </div>`,
    )}
  </div>`;
}
