// What the scripts of a folder may do, and the groups of people that a provider names.

import { address, request } from "../lib/api.js";
import { moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useNow } from "../lib/load.js";
import { useNamedList } from "../lib/named-list.js";
import { Ago } from "./ago.js";
import { Confirm } from "./dialog.js";
import { Empty } from "./empty.js";
import { FormDialog } from "./form-dialog.js";
import { Grants, GrantsField, grantsOf } from "./grants-field.js";
import { NamedTable } from "./named-table.js";
import { attempt, toast } from "./toasts.js";

export function GroupsAndFolders() {
  const list = useNamedList("/access/grants");
  const [adding, setAdding] = useState(false);
  const now = useNow();
  return html`
    <div class="filters"><button class="main" onClick=${() => setAdding(true)}>Add a folder or group</button></div>
    <${NamedTable}
      list=${list}
      head=${html`<th>For</th><th>May do</th><th class="hide">Changed</th><th><span class="hidden">Actions</span></th>`}
      columns=${4}
      line=${(held) => html`<${Line} key=${held.subject} held=${held} now=${now} again=${list.again} />`}
      empty=${html`<${Empty} title="Every script may do everything">Say what the scripts of a folder may do, as <code>folder:finance/**</code>, and they may do nothing else with keys, records and other jobs. Groups of a provider, as <code>group:finance</code>, get their roles here too.<//>`}
      one="subject"
    />
    ${adding && html`<${SubjectForm} close=${() => setAdding(false)} done=${list.again} />`}
  `;
}

function Line({ held, now, again }) {
  const [asking, setAsking] = useState(null);
  const close = () => setAsking(null);
  const folder = held.subject.startsWith("folder:");
  const remove = () =>
    attempt(async () => {
      toast((await request("DELETE", address("/access/grants", { subject: held.subject }))).msg);
      again();
    });
  return html`<tr>
    <td class="mono">${held.subject}</td>
    <td class="wrap"><${Grants} grants=${held.grants} /></td>
    <td class="soft hide"><${Ago} time=${moment(held.changed)} now=${now} /></td>
    <td class="n">
      <button class="plain" onClick=${() => setAsking("change")}>Change</button>
      <button class="plain danger" onClick=${() => setAsking("remove")}>Remove</button>
      ${asking === "change" && html`<${SubjectForm} held=${held} close=${close} done=${again} />`}
      ${asking === "remove" &&
      html`<${Confirm} title=${`Remove the grants of ${held.subject}?`} action="Remove them" run=${remove} close=${close}>
        <p>${folder ? "If no other entry is about these scripts, they may do everything again." : "People who are only in this group can do nothing here any more."}</p>
      <//>`}
    </td>
  </tr>`;
}

function SubjectForm({ held, close, done }) {
  const send = async ({ subject, grants }) => {
    toast((await request("PUT", "/access/grants", { body: { subject: held?.subject ?? subject, grants: grantsOf(grants) } })).msg);
    done();
  };
  return html`<${FormDialog} title=${held ? `Change ${held.subject}` : "Add a folder or group"} action=${held ? "Change" : "Add"} send=${send} close=${close}>
    ${!held && html`<div class="field"><label for="subject">For</label><input id="subject" name="subject" class="mono" required autocomplete="off" spellcheck="false" placeholder="folder:finance/**" autofocus /><span class="hint">the scripts of a folder, <code>folder:finance/**</code>, or a group of the provider, <code>group:finance</code></span></div>`}
    <${GrantsField} id="subject-grants" grants=${held?.grants ?? []} />
  <//>`;
}
