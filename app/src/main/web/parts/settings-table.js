// Every setting: its value, where that came from, and what it means.

import { count } from "../lib/format.js";
import { html, useMemo } from "../lib/html.js";
import { matching } from "../lib/match.js";
import { WaitingRows } from "./waiting.js";

export function SettingsTable({ settings, text, change }) {
  const found = useMemo(() => matching(settings ?? [], text, ({ name, description, value }) => `${name} ${description} ${value ?? ""}`).sort(byName), [settings, text]);
  const chosen = (settings ?? []).filter((one) => one.chosen).length;
  return html`
    <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
      <input type="search" aria-label="Search settings" placeholder="Search settings" value=${text} onInput=${(event) => change(event.target.value)} />
    </form>
    <div class="scroll"><table>
      <thead><tr><th>Setting</th><th>Value</th><th class="hide">From</th><th class="hide">Meaning</th></tr></thead>
      <tbody>${settings ? found.map((one) => html`<${Line} key=${one.name} setting=${one} />`) : html`<${WaitingRows} rows=${12} columns=${4} />`}</tbody>
    </table></div>
    ${settings && html`<div class="more" role="status">${count(found.length, "setting")}; ${chosen} chosen, the others have their defaults. They are read at the start: change them in config/server.conf, in the environment or behind --set, and start the server again.</div>`}
  `;
}

const byName = (one, other) => one.name.localeCompare(other.name);

function Line({ setting: { name, value, origin, chosen, secret, description, form, shown_default } }) {
  return html`<tr>
    <td class="mono">${name}</td>
    <td class="mono wrap value">${secret ? html`<span class="soft">${chosen ? "set, and not shown" : "not set"}</span>` : value === "" ? html`<span class="soft">not set</span>` : value}</td>
    <td class=${chosen ? "hide" : "hide soft"}>${origin}</td>
    <td class="wrap soft hide">${description} <span class="small">(${form}${shown_default ? `; default ${shown_default.replace(/\`/g, "")}` : ""})</span></td>
  </tr>`;
}
