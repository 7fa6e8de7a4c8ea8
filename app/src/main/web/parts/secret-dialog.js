// Sets a secret or a variable. What is typed for a secret is not shown, and leaves this dialog once.

import { request } from "../lib/api.js";
import { html, useState } from "../lib/html.js";
import { placeOf, problemsOf } from "../lib/secrets.js";
import { Dialog } from "./dialog.js";
import { attempt, toast } from "./toasts.js";

/**
 * @param before `{name, folder, value}`; with a name it is one that exists, and only its value changes
 */
export function SecretDialog({ kind, before, done, close }) {
  const [typed, setTyped] = useState({ name: before.name, folder: before.folder, value: before.value ?? "" });
  const [problems, setProblems] = useState({});
  const exists = before.name !== "";
  const set = (name) => (event) => setTyped({ ...typed, [name]: event.target.value });
  const submit = (event) => {
    event.preventDefault();
    const found = problemsOf(typed);
    setProblems(found ?? {});
    if (found) return;
    attempt(async () => {
      toast((await request("PUT", placeOf(kind, typed), { body: typed.value, headers: { "Content-Type": "text/plain; charset=utf-8" } })).msg);
      done();
      close();
    });
  };
  const title = exists ? `A new value for ${before.name}` : `Set a ${kind.one}`;
  return html`<${Dialog} label=${title} close=${close}>
    <form onSubmit=${submit} autocomplete="off" novalidate>
      <h2>${title}</h2>
      ${!exists &&
      html`<${Field} name="name" label="Name" hint="As scripts ask for it: DB_PASSWORD" problem=${problems.name}>
          <input id="secret-name" value=${typed.name} onInput=${set("name")} aria-invalid=${Boolean(problems.name)} aria-describedby="secret-name-hint" spellcheck="false" autofocus />
        <//>
        <${Field} name="folder" label="Folder of scripts · optional" hint="Empty: for all scripts. finance: for those of finance and its folders" problem=${problems.folder}>
          <input id="secret-folder" value=${typed.folder} onInput=${set("folder")} aria-invalid=${Boolean(problems.folder)} aria-describedby="secret-folder-hint" spellcheck="false" />
        <//>`}
      <${Field} name="value" label="Value" hint="Runs that start from now on get it" problem=${problems.value}>
        <textarea id="secret-value" class=${kind.one === "secret" ? "unseen" : ""} rows="3" value=${typed.value} onInput=${set("value")} aria-invalid=${Boolean(problems.value)} aria-describedby="secret-value-hint" spellcheck="false" autocomplete="off" />
      <//>
      <div class="end">
        <button type="button" onClick=${close}>Back</button>
        <button class="main">Set it</button>
      </div>
    </form>
  <//>`;
}

function Field({ name, label, hint, problem, children }) {
  return html`<div class="field">
    <label for=${`secret-${name}`}>${label}</label>
    ${children}
    <span id=${`secret-${name}-hint`} class=${problem ? "hint bad" : "hint"} role=${problem ? "alert" : undefined}>${problem ?? hint}</span>
  </div>`;
}
