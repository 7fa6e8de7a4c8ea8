// Asks for the name of a new script or extension, and what it begins with.

import { html, useState } from "../lib/html.js";
import { go } from "../lib/router.js";
import { to } from "../lib/links.js";
import { templates, wrongName } from "../lib/templates.js";
import { Dialog } from "./dialog.js";

export function NewScript({ kind, close }) {
  const [path, setPath] = useState("");
  const [template, setTemplate] = useState(templates[kind][0].name);
  const [wrong, setWrong] = useState(null);
  const submit = (event) => {
    event.preventDefault();
    const name = path.trim().replace(/\.py$/, "");
    const problem = wrongName(kind, name);
    setWrong(problem);
    if (problem) return;
    close();
    go(to(["edit", kind, ...name.split("/")], { begin: template }));
  };
  return html`<${Dialog} label=${kind === "jobs" ? "New script" : "New extension"} close=${close}>
    <form onSubmit=${submit} novalidate>
      <h2>${kind === "jobs" ? "New script" : "New extension"}</h2>
      <div class="field">
        <label for="new-name"><b>Name</b></label>
        <input id="new-name" type="text" autocomplete="off" autofocus aria-invalid=${Boolean(wrong)} aria-describedby="new-name-hint" placeholder=${kind === "jobs" ? "reports/daily" : "greet"} value=${path} onInput=${(event) => setPath(event.target.value)} />
        <span id="new-name-hint" class=${wrong ? "hint bad" : "hint"} role=${wrong ? "alert" : undefined}>${wrong ?? (kind === "jobs" ? "Folders and the file's name, without .py" : "Its URL is /extension/NAME")}</span>
      </div>
      <div class="field">
        <label for="new-template"><b>Begins as</b></label>
        <select id="new-template" value=${template} onChange=${(event) => setTemplate(event.target.value)}>
          ${templates[kind].map(({ name, title }) => html`<option key=${name} value=${name}>${title}</option>`)}
        </select>
      </div>
      <div class="end"><button type="button" onClick=${close}>Back</button><button class="main">Write it</button></div>
    </form>
  <//>`;
}
