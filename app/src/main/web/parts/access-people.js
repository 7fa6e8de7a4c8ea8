// The people who sign in by name and password.

import { request, segments } from "../lib/api.js";
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

export function People() {
  const list = useNamedList("/access/users");
  const [adding, setAdding] = useState(false);
  const now = useNow();
  return html`
    <div class="filters"><button class="main" onClick=${() => setAdding(true)}>Add a person</button></div>
    <${NamedTable}
      list=${list}
      head=${html`<th>Name</th><th>May do</th><th class="hide">Since</th><th><span class="hidden">Actions</span></th>`}
      columns=${4}
      line=${(user) => html`<${Line} key=${user.name} user=${user} now=${now} again=${list.again} />`}
      empty=${html`<${Empty} title="Nobody has a password yet">People with one sign in on this page. With a provider of OpenID Connect they need none: give its groups a role under Groups and folders.<//>`}
      one="person"
      many="people"
    />
    ${adding && html`<${PersonForm} close=${() => setAdding(false)} done=${list.again} />`}
  `;
}

function Line({ user, now, again }) {
  const [asking, setAsking] = useState(null);
  const close = () => setAsking(null);
  const remove = () =>
    attempt(async () => {
      toast((await request("DELETE", `/access/users/${segments(user.name)}`)).msg);
      again();
    });
  return html`<tr>
    <td>${user.name}</td>
    <td class="wrap"><${Grants} grants=${user.grants} /></td>
    <td class="soft hide"><${Ago} time=${moment(user.created)} now=${now} /></td>
    <td class="n">
      <button class="plain" onClick=${() => setAsking("change")}>Change</button>
      <button class="plain danger" onClick=${() => setAsking("remove")}>Remove</button>
      ${asking === "change" && html`<${PersonForm} user=${user} close=${close} done=${again} />`}
      ${asking === "remove" && html`<${Confirm} title=${`Remove ${user.name}?`} action="Remove this person" run=${remove} close=${close}><p>${user.name} is signed out everywhere and can't sign in any more.</p><//>`}
    </td>
  </tr>`;
}

function PersonForm({ user, close, done }) {
  const send = async ({ name, password, grants }) => {
    const body = { grants: grantsOf(grants), ...(password ? { password } : {}) };
    toast((await request("PUT", `/access/users/${segments(user?.name ?? name)}`, { body })).msg);
    done();
  };
  return html`<${FormDialog} title=${user ? `Change ${user.name}` : "Add a person"} action=${user ? "Change" : "Add"} send=${send} close=${close}>
    ${!user && html`<div class="field"><label for="person-name">Name</label><input id="person-name" name="name" required autocomplete="off" autofocus /></div>`}
    <div class="field">
      <label for="person-password">${user ? "New password" : "Password"}</label>
      <input id="person-password" name="password" type="password" minlength="10" maxlength="256" required=${!user} autocomplete="new-password" />
      <span class="hint">${user ? "empty: it stays as it is; a new one signs them out" : "at least 10 characters"}</span>
    </div>
    <${GrantsField} id="person-grants" grants=${user?.grants} />
  <//>`;
}
