// The form of a script, and the ways to start it: here, later, or from elsewhere.

import { html, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { ArgumentsForm } from "./arguments-form.js";
import { CopyCode } from "./copy-code.js";
import { launch } from "./launch-dialog.js";
import { ScheduleDialog } from "./schedule-dialog.js";
import { attempt } from "./toasts.js";
import { useArguments } from "./use-arguments.js";

export function LaunchPanel({ path, said, launched }) {
  const form = useArguments(said, "{}");
  const [asking, setAsking] = useState(null);
  const [busy, setBusy] = useState(false);
  const may = useMay();
  const start = async (watch) => {
    const parameters = form.read();
    if (!parameters || busy) return;
    setBusy(true);
    await attempt(() => launch(path, parameters, watch));
    setBusy(false);
    launched();
  };
  const withParameters = (what) => () => {
    const parameters = form.read();
    if (parameters) setAsking({ what, parameters });
  };
  const submit = (event) => {
    event.preventDefault();
    start(true);
  };
  return html`<form onSubmit=${submit} novalidate>
    <${ArgumentsForm} ...${form} said=${said} />
    <div class="row">
      ${may("run") &&
      html`<button class="main" disabled=${busy}>Launch and watch</button>
        <button type="button" disabled=${busy} onClick=${() => start(false)}>Launch</button>
        <button type="button" onClick=${withParameters("schedule")}>Schedule</button>`}
      <button type="button" class="plain right" onClick=${withParameters("code")}>As curl or Python</button>
    </div>
    ${asking?.what === "schedule" && html`<${ScheduleDialog} path=${path} parameters=${asking.parameters} close=${() => setAsking(null)} />`}
    ${asking?.what === "code" && html`<${CopyCode} path=${path} parameters=${asking.parameters} close=${() => setAsking(null)} />`}
  </form>`;
}
