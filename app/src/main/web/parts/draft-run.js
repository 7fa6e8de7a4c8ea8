// Runs what is in the editor, without saving it.

import { post, segments } from "../lib/api.js";
import { html, useState } from "../lib/html.js";
import { attempt } from "./toasts.js";

export function DraftRun({ kind, path, source }) {
  const [given, setGiven] = useState(kind === "jobs" ? "{}" : "");
  const [problem, setProblem] = useState("");
  const [ended, setEnded] = useState(null);
  const [busy, setBusy] = useState(false);
  const run = async (event) => {
    event.preventDefault();
    const { body, wrong } = bodyOf(kind, given);
    setProblem(wrong ?? "");
    if (!body) return;
    setBusy(true);
    const answer = await attempt(() => post(`/admin/test_runs/${kind}/${segments(path)}`, { source, ...body }));
    setBusy(false);
    setEnded(answer?.data ?? null);
  };
  return html`<section class="panel">
    <h2>Test run</h2>
    <form onSubmit=${run}>
      <div class="field">
        <label for="draft-input">${kind === "jobs" ? "Parameters, a JSON object" : "What follows the name in the URL, like 1/2?lang=en"}</label>
        ${kind === "jobs"
          ? html`<textarea id="draft-input" rows="4" spellcheck="false" aria-invalid=${Boolean(problem)} value=${given} onInput=${(event) => setGiven(event.target.value)} />`
          : html`<input id="draft-input" type="text" autocomplete="off" value=${given} onInput=${(event) => setGiven(event.target.value)} />`}
        ${problem && html`<span class="hint bad" role="alert">${problem}</span>`}
      </div>
      <div class="row"><button disabled=${busy}>${busy ? "running …" : "Run the draft"}</button><span class="soft small">It is not saved, and no record stays.</span></div>
    </form>
    <div role="status">${ended && html`<${Ended} ...${ended} />`}</div>
  </section>`;
}

function bodyOf(kind, given) {
  if (kind === "jobs") {
    try {
      const parameters = JSON.parse(given || "{}");
      if (parameters !== null && typeof parameters === "object" && !Array.isArray(parameters)) return { body: { parameters } };
      return { wrong: 'It must be an object: {"name": value}' };
    } catch (error) {
      return { wrong: `This is no JSON: ${error.message}` };
    }
  }
  const [path, query = ""] = given.split("?", 2);
  const params = {};
  for (const [name, value] of new URLSearchParams(query)) (params[name] ??= []).push(value);
  try {
    return { body: { arguments: path.split("/").filter(Boolean).map(decodeURIComponent), params } };
  } catch {
    return { wrong: "A % in it must be followed by two hexadecimal digits; write %25 for a percent sign." };
  }
}

function Ended({ state, seconds, error, result, output, log }) {
  return html`<div class="later">
    <p><span class=${`state ${state}`}><span>${state}</span></span> <span class="soft">after ${seconds} s</span></p>
    ${error && html`<pre class="box bad">${error}</pre>`}
    ${result !== null && html`<h3>Result</h3><pre class="box">${JSON.stringify(result, null, 2)}</pre>`}
    ${output && html`<h3>Output</h3><pre class="box">${output}</pre>`}
    ${log && html`<h3>Log</h3><pre class="box">${log}</pre>`}
  </div>`;
}
