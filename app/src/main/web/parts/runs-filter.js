// What a run is found by.

import { html } from "../lib/html.js";

const STATES = [
  ["", "every state"],
  ["pending", "waiting"],
  ["running", "running"],
  ["pending,running", "not over yet"],
  ["completed", "completed"],
  ["failed", "failed"],
  ["canceled", "canceled"],
];

const SPANS = [
  ["", "any time"],
  ["1", "last hour"],
  ["24", "last 24 hours"],
  ["168", "last 7 days"],
];

export function RunsFilter({ query, change }) {
  const since = (event) => {
    const hours = Number(event.target.value);
    change({ since: hours ? new Date(Date.now() - hours * 3600000).toISOString().replace(/\.\d+Z/, "Z") : "", span: event.target.value });
  };
  const field = (name, label) => ({ "aria-label": label, placeholder: label, value: query[name] ?? "", onInput: (event) => change({ [name]: event.target.value.trim() }) });
  return html`<form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
    <input type="search" ...${field("text", "Search number, script, parameters, error")} />
    <select aria-label="State" value=${query.state ?? ""} onChange=${(event) => change({ state: event.target.value })}>
      ${STATES.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>
    <input class="hide" ...${field("script", "Script or folder/")} />
    <input class="hide" ...${field("node", "Node")} />
    <select aria-label="Time" value=${query.since ? (query.span ?? "") : ""} onChange=${since}>
      ${SPANS.map(([value, words]) => html`<option key=${value} value=${value}>${words}</option>`)}
    </select>
  </form>`;
}
