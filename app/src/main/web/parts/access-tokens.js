// The tokens that programs send. The text of one is shown when it is made, and never again.

import { post, request, segments } from "../lib/api.js";
import { moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useNow } from "../lib/load.js";
import { useNamedList } from "../lib/named-list.js";
import { Ago } from "./ago.js";
import { Copied } from "./copy-code.js";
import { Confirm, Dialog } from "./dialog.js";
import { Empty } from "./empty.js";
import { FormDialog } from "./form-dialog.js";
import { Grants, GrantsField, grantsOf } from "./grants-field.js";
import { NamedTable } from "./named-table.js";
import { attempt, toast } from "./toasts.js";

export function Tokens() {
  const list = useNamedList("/access/tokens");
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState(null);
  const now = useNow();
  const send = async ({ name, grants, expires }) => {
    const { data } = await post("/access/tokens", { name, grants: grantsOf(grants), ...(expires ? { expires } : {}) });
    setMade(data);
    list.again();
  };
  return html`
    <div class="filters"><button class="main" onClick=${() => setMaking(true)}>Make a token</button></div>
    <${NamedTable}
      list=${list}
      head=${html`<th>Name</th><th>May do</th><th class="hide">Made</th><th>Ends</th><th>Last use</th><th><span class="hidden">Actions</span></th>`}
      columns=${6}
      line=${(token) => html`<${Line} key=${token.name} token=${token} now=${now} again=${list.again} />`}
      empty=${html`<${Empty} title="There are no tokens yet">A program sends one as <code>Authorization: Bearer …</code>; the commands read it from <code>PULZAR_TOKEN</code>.<//>`}
      one="token"
    />
    ${making &&
    html`<${FormDialog} title="Make a token" action="Make it" send=${send} close=${() => setMaking(false)}>
      <div class="field"><label for="token-name">Name</label><input id="token-name" name="name" required autocomplete="off" autofocus /><span class="hint">what it is for; it stands in the audit log</span></div>
      <${GrantsField} id="token-grants" grants=${["runner"]} />
      <div class="field"><label for="token-expires">Ends after</label><input id="token-expires" name="expires" class="auto" placeholder="90d" autocomplete="off" /><span class="hint">such as 90d or 12h; empty: it has no end</span></div>
    <//>`}
    ${made && html`<${Shown} made=${made} close=${() => setMade(null)} />`}
  `;
}

function Shown({ made: { name, token }, close }) {
  return html`<${Dialog} label=${`The token ${name}`} close=${close}>
    <div class="inside">
      <h2>The token ${name}</h2>
      <p>Copy it now: only a hash of it is kept, so nobody can show it again.</p>
      <${Copied} text=${token} />
      <div class="end"><button type="button" class="main" onClick=${close}>I have it</button></div>
    </div>
  <//>`;
}

function Line({ token, now, again }) {
  const [asking, setAsking] = useState(false);
  const revoke = () =>
    attempt(async () => {
      toast((await request("DELETE", `/access/tokens/${segments(token.name)}`)).msg);
      again();
    });
  const ends = moment(token.expires);
  return html`<tr>
    <td>${token.name}</td>
    <td class="wrap"><${Grants} grants=${token.grants} /></td>
    <td class="soft hide"><${Ago} time=${moment(token.created)} now=${now} /></td>
    <td class=${ends !== null && ends <= now ? "bad" : "soft"}>${ends === null ? "never" : html`<${Ago} time=${ends} now=${now} />`}</td>
    <td class="soft">${token.last_use ? html`<${Ago} time=${moment(token.last_use)} now=${now} />` : "never"}</td>
    <td class="n">
      <button class="plain danger" onClick=${() => setAsking(true)}>Revoke</button>
      ${asking && html`<${Confirm} title=${`Revoke ${token.name}?`} action="Revoke it" run=${revoke} close=${() => setAsking(false)}><p>Programs that send it are refused from now on. This can't be undone.</p><//>`}
    </td>
  </tr>`;
}
