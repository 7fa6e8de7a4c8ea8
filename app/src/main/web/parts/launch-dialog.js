// Launches a script: with the parameters of an earlier run to change, or afresh.

import { get, post, segments } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { go, toRun } from "../lib/router.js";
import { ArgumentsForm } from "./arguments-form.js";
import { Dialog } from "./dialog.js";
import { attempt, toast } from "./toasts.js";
import { useArguments } from "./use-arguments.js";

export function LaunchDialog({ path, parameters, close }) {
  const script = useLoad((signal) => get(`/admin/scripts/${segments(path)}`, { signal }), path);
  return html`<${Dialog} label=${`Launch ${path}`} close=${close}>
    ${script.data || script.error
      ? html`<${Form} path=${path} said=${script.data?.args ?? ""} parameters=${parameters} close=${close} />`
      : html`<div class="inside"><span class="wait">loading the form of the script</span></div>`}
  <//>`;
}

function Form({ path, said, parameters, close }) {
  const form = useArguments(said, parameters);
  const submit = (event) => {
    event.preventDefault();
    const read = form.read();
    if (read) attempt(() => launch(path, read, true)).then((id) => id && close());
  };
  return html`<form onSubmit=${submit} novalidate>
    <h2>${path}</h2>
    <${ArgumentsForm} ...${form} said=${said} />
    <div class="end">
      <button type="button" onClick=${close}>Back</button>
      <button class="main">Launch and watch</button>
    </div>
  </form>`;
}

/** Launches, and goes to the run when somebody wants to watch it. */
export async function launch(path, parameters, watch) {
  const { data } = await post(`/launch_job/${segments(path)}`, parameters);
  if (watch) go(toRun(data.job_id));
  else toast(`Started run ${data.job_id}`, { href: toRun(data.job_id), link: "Look at it" });
  return data.job_id;
}
