// The rules that say who is told of what.

import { request, segments } from "../lib/api.js";
import { ruleOf, tellsOf } from "../lib/alarms.js";
import { clock, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { Confirm } from "./dialog.js";
import { Empty } from "./empty.js";
import { FormDialog } from "./form-dialog.js";
import { attempt, toast } from "./toasts.js";
import { WaitingRows } from "./waiting.js";

const NEW = { on: ["failure", "recovery"], to: [] };

export function Rules({ rules, receivers, again }) {
  const [setting, setSetting] = useState(null);
  return html`
    <div class="filters"><button class="main" onClick=${() => setSetting(NEW)} disabled=${receivers.length === 0}>Add a rule</button><span class="soft">${receivers.length === 0 ? "Add a receiver first." : "A receiver is told once, and again when it is over."}</span></div>
    ${rules?.length === 0
      ? html`<${Empty} title="There are no rules yet">A rule tells receivers of the scripts of a folder, or of all: that they fail, recover, are late or wait.<//>`
      : html`<div class="scroll"><table>
          <thead><tr><th>Name</th><th>Scripts</th><th>Tells of</th><th>To</th><th class="hide">Changed</th><th class="hide">By</th><th><span class="hidden">Actions</span></th></tr></thead>
          <tbody>${rules ? rules.map((one) => html`<${Line} key=${one.name} rule=${one} change=${setSetting} again=${again} />`) : html`<${WaitingRows} rows=${4} columns=${7} />`}</tbody>
        </table></div>`}
    ${setting && html`<${RuleForm} before=${setting} receivers=${receivers} done=${again} close=${() => setSetting(null)} />`}
  `;
}

function Line({ rule, change, again }) {
  const [asking, setAsking] = useState(false);
  const remove = () =>
    attempt(async () => {
      toast((await request("DELETE", `/admin/alarms/rules/${segments(rule.name)}`)).msg);
      again();
    });
  return html`<tr>
    <td>${rule.name}</td>
    <td><code>${rule.scripts}</code></td>
    <td class="wrap">${tellsOf(rule)}</td>
    <td class="wrap">${rule.to.join(", ")}</td>
    <td class="soft hide">${clock(moment(rule.changed))}</td>
    <td class="soft hide">${rule.changed_by}</td>
    <td class="n">
      <button class="plain" onClick=${() => change(rule)}>Change</button>
      <button class="plain danger" onClick=${() => setAsking(true)}>Remove</button>
      ${asking && html`<${Confirm} title=${`Remove ${rule.name}?`} action="Remove it" run=${remove} close=${() => setAsking(false)}><p>Nobody is told by it any more, not of the end of what was told either.</p><//>`}
    </td>
  </tr>`;
}

function RuleForm({ before, receivers, done, close }) {
  const exists = before.name !== undefined;
  const send = async ({ name, ...fields }) => {
    toast((await request("PUT", `/admin/alarms/rules/${segments(before.name ?? name)}`, { body: ruleOf(fields) })).msg);
    done();
  };
  return html`<${FormDialog} title=${exists ? `Change ${before.name}` : "Add a rule"} action=${exists ? "Change" : "Add"} send=${send} close=${close}>
    ${!exists && html`<div class="field"><label for="rule-name">Name</label><input id="rule-name" name="name" required autocomplete="off" spellcheck="false" autofocus /></div>`}
    <div class="field"><label for="rule-scripts">Scripts</label><input id="rule-scripts" name="scripts" defaultValue=${before.scripts ?? ""} placeholder="**" spellcheck="false" /><span class="hint">finance/report, finance/*, finance/**; empty: all</span></div>
    <div class="row field"><label><input type="checkbox" name="failure" defaultChecked=${before.on.includes("failure")} /> when a run fails</label> <label><input type="checkbox" name="recovery" defaultChecked=${before.on.includes("recovery")} /> when it is over</label></div>
    <${Limit} name="late" label="When a schedule has not succeeded for" value=${before.late} hint="such as 26h; empty: never" />
    <${Limit} name="waiting" label="When a run has waited for" value=${before.waiting} hint="such as 10m; empty: never" />
    <${Limit} name="every" label="Again after" value=${before.every} hint="such as 4h, while it goes on; empty: as the settings say" />
    <div class="field"><label for="rule-to">Receivers, with commas between</label><input id="rule-to" name="to" required defaultValue=${before.to.join(", ")} list="rule-receivers" spellcheck="false" /><datalist id="rule-receivers">${receivers.map(({ name }) => html`<option key=${name} value=${name} />`)}</datalist></div>
  <//>`;
}

function Limit({ name, label, value, hint }) {
  return html`<div class="field"><label for=${`rule-${name}`}>${label}</label><input id=${`rule-${name}`} name=${name} class="auto" defaultValue=${value ?? ""} autocomplete="off" spellcheck="false" /><span class="hint">${hint}</span></div>`;
}
