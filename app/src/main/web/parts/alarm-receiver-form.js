// Sets a receiver of alarms.

import { request, segments } from "../lib/api.js";
import { receiverOf } from "../lib/alarms.js";
import { html, useState } from "../lib/html.js";
import { Copied } from "./copy-code.js";
import { Dialog } from "./dialog.js";
import { FormDialog } from "./form-dialog.js";
import { toast } from "./toasts.js";

/**
 * @param before the receiver that is changed; without a name it is a new one
 * @param done gets the secret that was made, or null
 */
export function ReceiverForm({ before, mail, done, close }) {
  const [kind, setKind] = useState(before.kind ?? "webhook");
  const exists = before.name !== undefined;
  const same = exists && before.kind === kind;
  const send = async ({ name, ...fields }) => {
    const answer = await request("PUT", `/admin/alarms/receivers/${segments(before.name ?? name)}`, { body: receiverOf({ kind, ...fields }) });
    toast(answer.msg);
    done(answer.data);
  };
  return html`<${FormDialog} title=${exists ? `Change ${before.name}` : "Add a receiver"} action=${exists ? "Change" : "Add"} send=${send} close=${close}>
    ${!exists && html`<div class="field"><label for="receiver-name">Name</label><input id="receiver-name" name="name" required autocomplete="off" spellcheck="false" autofocus /><span class="hint">as rules and docstrings say it: ops</span></div>`}
    <div class="field"><label for="receiver-kind">Kind</label>
      <select id="receiver-kind" value=${kind} onChange=${(event) => setKind(event.target.value)}><option value="webhook">webhook</option><option value="mail">mail</option></select>
      ${kind === "mail" && !mail && html`<span class="hint bad">this server knows no mail server: set pulzar.alarms.smtp.host</span>`}
    </div>
    ${kind === "webhook" ? html`<${Webhook} before=${before} same=${same} />` : html`<${Addresses} before=${before} />`}
  <//>`;
}

function Webhook({ before, same }) {
  return html`
    <div class="field"><label for="receiver-url">URL</label><input id="receiver-url" name="webhook" type="url" required=${!same} autocomplete="off" spellcheck="false" placeholder=${same ? before.to : "https://chat.example/hooks/4711"} /><span class="hint">${same ? "empty: it stays as it is" : "it is kept encrypted, and only its server is shown again"}</span></div>
    <div class="field"><label for="receiver-body">Body · optional</label><textarea id="receiver-body" name="body" rows="3" spellcheck="false" aria-describedby="receiver-body-hint">${before.body ?? ""}</textarea><span class="hint" id="receiver-body-hint">JSON with names in braces, for chats that take only theirs: <code>${'{"text": "{title} {link}"}'}</code></span></div>
    ${same && html`<div class="row field"><label><input type="checkbox" name="renew" /> make another secret</label></div>`}`;
}

function Addresses({ before }) {
  return html`<div class="field"><label for="receiver-mail">Addresses, one a line</label><textarea id="receiver-mail" name="mail" rows="4" required spellcheck="false" aria-describedby="receiver-mail-hint">${(before.mail ?? []).join("\n")}</textarea><span class="hint" id="receiver-mail-hint">each gets a mail of its own</span></div>`;
}

/** What signs the webhooks of a receiver, this once. */
export function SecretShown({ made: { name, secret }, close }) {
  return html`<${Dialog} label=${`The secret of ${name}`} close=${close}>
    <div class="inside">
      <h2>The secret of ${name}</h2>
      <p>Its webhooks are signed with it. Copy it now, where the receiver checks signatures: nobody can show it again.</p>
      <${Copied} text=${secret} />
      <div class="end"><button type="button" class="main" onClick=${close}>I have it</button></div>
    </div>
  <//>`;
}
