// The receivers of alarms. What signs a webhook is shown when it is made, and never again.

import { post, request, segments } from "../lib/api.js";
import { clock, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { ReceiverForm, SecretShown } from "./alarm-receiver-form.js";
import { Confirm } from "./dialog.js";
import { Empty } from "./empty.js";
import { attempt, toast } from "./toasts.js";
import { WaitingRows } from "./waiting.js";

/** @param mail whether the server has a mail server */
export function Receivers({ receivers, mail, again }) {
  const [setting, setSetting] = useState(null);
  const [made, setMade] = useState(null);
  const done = (secret) => {
    setMade(secret);
    again();
  };
  return html`
    <div class="filters"><button class="main" onClick=${() => setSetting({})}>Add a receiver</button><span class="soft">A script names one itself in its docstring: <code>Notify: ops</code></span></div>
    ${receivers?.length === 0
      ? html`<${Empty} title="There are no receivers yet">A receiver is a webhook, such as that of a chat, or some mail addresses. Rules and docstrings name it.<//>`
      : html`<div class="scroll"><table>
          <thead><tr><th>Name</th><th>Kind</th><th>To</th><th class="hide">Changed</th><th class="hide">By</th><th><span class="hidden">Actions</span></th></tr></thead>
          <tbody>${receivers ? receivers.map((one) => html`<${Line} key=${one.name} receiver=${one} change=${setSetting} again=${again} />`) : html`<${WaitingRows} rows=${4} columns=${6} />`}</tbody>
        </table></div>`}
    ${setting && html`<${ReceiverForm} before=${setting} mail=${mail} done=${done} close=${() => setSetting(null)} />`}
    ${made && html`<${SecretShown} made=${made} close=${() => setMade(null)} />`}
  `;
}

function Line({ receiver, change, again }) {
  const [asking, setAsking] = useState(false);
  const [trying, setTrying] = useState(false);
  const place = `/admin/alarms/receivers/${segments(receiver.name)}`;
  const remove = () =>
    attempt(async () => {
      toast((await request("DELETE", place)).msg);
      again();
    });
  const tryIt = async () => {
    setTrying(true);
    await attempt(async () => {
      const { data } = await post(`${place}/test`);
      for (const one of data.attempts) toast(`${one.to}: ${one.sent ? "taken" : "not taken"}, ${one.outcome}`, { failed: !one.sent });
    });
    setTrying(false);
  };
  return html`<tr>
    <td>${receiver.name}</td>
    <td class="soft">${receiver.kind}</td>
    <td class="wrap">${receiver.to}</td>
    <td class="soft hide">${clock(moment(receiver.changed))}</td>
    <td class="soft hide">${receiver.changed_by}</td>
    <td class="n">
      <button class="plain" onClick=${tryIt} disabled=${trying}>Test</button>
      <button class="plain" onClick=${() => change(receiver)}>Change</button>
      <button class="plain danger" onClick=${() => setAsking(true)}>Remove</button>
      ${asking && html`<${Confirm} title=${`Remove ${receiver.name}?`} action="Remove it" run=${remove} close=${() => setAsking(false)}><p>Nobody is told by it any more, and what waits to be sent to it is given up.</p><//>`}
    </td>
  </tr>`;
}
