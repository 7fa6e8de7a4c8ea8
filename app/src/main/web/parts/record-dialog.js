// One record: its value, written over only if it is still what was read here.

import { html, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { Dialog } from "./dialog.js";
import { Failure } from "./failure.js";
import { attempt, toast } from "./toasts.js";

/** @param name null for a new one */
export function RecordDialog({ kind, name, done, close }) {
  const [given, setGiven] = useState(name ?? "");
  const [value, setValue] = useState(null);
  const record = useLoad((signal) => (name === null ? Promise.resolve({ value: "", tag: null, facts: [] }) : kind.read(name, signal)), name);
  const may = useMay();
  const finished = (words) => {
    toast(words);
    done();
    close();
  };
  const save = (event) => {
    event.preventDefault();
    if (!given || !record.data) return;
    attempt(async () => {
      await kind.put(given, value ?? "", name === null ? { "If-None-Match": "*" } : { "If-Match": record.data.tag });
      finished(`${given} was written`);
    });
  };
  const remove = () =>
    attempt(async () => {
      await kind.remove(name, { "If-Match": record.data.tag });
      finished(`${name} was deleted`);
    });
  return html`<${Dialog} label=${name ?? kind.fresh} close=${close} wide>
    <form onSubmit=${save}>
      <h2>${name ?? kind.fresh}</h2>
      ${record.error && html`<${Failure} error=${record.error} again=${record.again} />`}
      ${name === null && html`<div class="field"><label for="record-name"><b>Name</b></label><input id="record-name" type="text" autocomplete="off" value=${given} onInput=${(event) => setGiven(event.target.value)} /></div>`}
      ${record.data?.facts.length > 0 && html`<dl class="left">${record.data.facts.map(([fact, words]) => html`<dt key=${fact}>${fact}</dt><dd>${words}</dd>`)}</dl>`}
      ${record.data &&
      html`<div class="field"><label for="record-value"><b>Value</b></label>
        <textarea id="record-value" rows="12" spellcheck="false" readonly=${!may("write_data")} value=${value ?? record.data.value} onInput=${(event) => setValue(event.target.value)} />
      </div>`}
      <div class="end">
        ${name !== null && may("write_data") && html`<button type="button" class="danger" disabled=${!record.data} onClick=${remove}>Delete it</button>`}
        <button type="button" onClick=${close}>Back</button>
        ${may("write_data") && html`<button class="main" disabled=${!record.data || !given || (name !== null && (value === null || value === record.data.value))}>Write it</button>`}
      </div>
    </form>
  <//>`;
}
