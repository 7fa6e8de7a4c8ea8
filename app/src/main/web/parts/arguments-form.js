// The form of a script's parameters, from its docstring; or as JSON, which can say everything.

import { html } from "../lib/html.js";

/**
 * @param fields of lib/arguments.js; null where the docstring says nothing that can be read
 * @param state `{mode: "form" | "json", typed, json}`
 */
export function ArgumentsForm({ fields, state, change, problems, said }) {
  const both = fields !== null;
  const set = (name, value) => change({ typed: { ...state.typed, [name]: value } });
  return html`<fieldset class="plainset">
    <legend class="hidden">Parameters</legend>
    ${both &&
    html`<div class="row modes">
      <button type="button" class="plain" aria-pressed=${state.mode === "form"} onClick=${() => change({ mode: "form" })}>Form</button>
      <button type="button" class="plain" aria-pressed=${state.mode === "json"} onClick=${() => change({ mode: "json" })}>JSON</button>
    </div>`}
    ${both && state.mode === "form"
      ? fields.length
        ? fields.map((field) => html`<${Field} key=${field.name} field=${field} value=${state.typed[field.name]} set=${(value) => set(field.name, value)} problem=${problems[field.name]} />`)
        : html`<p class="soft">It takes no parameters.</p>`
      : html`<div class="field">
          <label for="parameters-json">Parameters, a JSON object${said && !both ? html`; the script says: <code>${said}</code>` : ""}</label>
          <textarea id="parameters-json" rows="8" spellcheck="false" aria-invalid=${Boolean(problems.json)} value=${state.json} onInput=${(event) => change({ json: event.target.value })} />
          ${problems.json && html`<span class="hint bad" role="alert">${problems.json}</span>`}
        </div>`}
  </fieldset>`;
}

function Field({ field, value, set, problem }) {
  const id = `field-${field.name}`;
  const common = { id, "aria-invalid": Boolean(problem), "aria-describedby": `${id}-hint` };
  return html`<div class="field">
    <label for=${id}><b>${field.name}</b>${field.required && field.type !== "truth" ? "" : " · optional"}</label>
    <${Input} field=${field} common=${common} value=${value} set=${set} />
    <span id=${`${id}-hint`} class=${problem ? "hint bad" : "hint"} role=${problem ? "alert" : undefined}>${problem ?? field.hint}</span>
  </div>`;
}

function Input({ field, common, value, set }) {
  const placeholder = field.fallback === null ? "" : String(field.fallback);
  if (field.choices) {
    return html`<select ...${common} value=${value ?? ""} onChange=${(event) => set(event.target.value)}>
      <option value="">${field.required ? "choose one" : placeholder || "as the script has it"}</option>
      ${field.choices.map((choice) => html`<option key=${choice} value=${choice}>${choice}</option>`)}
    </select>`;
  }
  if (field.type === "truth") return html`<input type="checkbox" ...${common} checked=${value === true} onChange=${(event) => set(event.target.checked)} />`;
  if (field.type === "json") return html`<textarea rows="3" ...${common} spellcheck="false" placeholder=${placeholder} value=${value ?? ""} onInput=${(event) => set(event.target.value)} />`;
  const mode = { whole: "numeric", number: "decimal" }[field.type];
  return html`<input type=${field.secret ? "password" : "text"} ...${common} inputmode=${mode} placeholder=${placeholder} value=${value ?? ""} onInput=${(event) => set(event.target.value)} autocomplete=${field.secret ? "new-password" : "off"} />`;
}
