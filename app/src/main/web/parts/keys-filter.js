// What a key is found by.

import { html } from "../lib/html.js";

export function KeysFilter({ query, change }) {
  const field = (name, label) => ({ "aria-label": label, placeholder: label, value: query[name] ?? "", onInput: (event) => change({ [name]: event.target.value }) });
  const day = (name, label) => ({ "aria-label": label, title: label, value: query[name] ?? "", onChange: (event) => change({ [name]: event.target.value }) });
  return html`<form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
    <input type="search" ...${field("prefix", "Keys that begin with, such as /reports/2026")} />
    <input type="search" ...${field("text", "Keys that contain")} />
    <label class="inline hide">written from <input type="date" ...${day("first", "Written on this day or later")} /></label>
    <label class="inline hide">to <input type="date" ...${day("last", "Written on this day or earlier")} /></label>
  </form>`;
}
