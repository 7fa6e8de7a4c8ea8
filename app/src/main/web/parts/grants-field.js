// What somebody or something may do, one role a line.

import { html } from "../lib/html.js";

/** The grants in a form's field: its lines that are not empty. */
export const grantsOf = (text) => String(text).split("\n").map((line) => line.trim()).filter(Boolean);

export function GrantsField({ id, grants = ["viewer"] }) {
  return html`<div class="field">
    <label for=${id}>What they may do, one role a line</label>
    <textarea id=${id} name="grants" rows="4" required spellcheck="false" aria-describedby=${`${id}-hint`}>${grants.join("\n")}</textarea>
    <span class="hint" id=${`${id}-hint`}>viewer, operator, runner, author or administrator, and where it holds: <code>runner finance/**</code>, or <code>runner scripts=finance/** data=reports/**</code></span>
  </div>`;
}

export function Grants({ grants }) {
  return grants.map((grant) => html`<span class="tag mono" key=${grant}>${grant}</span>`);
}
