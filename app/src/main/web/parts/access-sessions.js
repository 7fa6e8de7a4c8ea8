// The browsers that are signed in.

import { request, segments } from "../lib/api.js";
import { moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { useNow } from "../lib/load.js";
import { useNamedList } from "../lib/named-list.js";
import { Ago } from "./ago.js";
import { Empty } from "./empty.js";
import { NamedTable } from "./named-table.js";
import { attempt, toast } from "./toasts.js";

const WAYS = { password: "name and password", link: "one-time link", provider: "provider" };

export function Sessions() {
  const list = useNamedList("/access/sessions", { every: 10000 });
  const now = useNow();
  return html`<${NamedTable}
    list=${list}
    head=${html`<th>Who</th><th class="hide">By</th><th class="hide">Signed in</th><th>Last seen</th><th><span class="hidden">Actions</span></th>`}
    columns=${5}
    line=${(session) => html`<${Line} key=${session.id} session=${session} now=${now} again=${list.again} />`}
    empty=${html`<${Empty} title="No browser is signed in">Who signs in is listed here, and can be signed out.<//>`}
    one="session"
  />`;
}

function Line({ session, now, again }) {
  const end = () =>
    attempt(async () => {
      toast((await request("DELETE", `/access/sessions/${segments(session.id)}`)).msg);
      again();
    });
  return html`<tr>
    <td>${session.user}${session.own && html` <span class="tag">this browser</span>`}</td>
    <td class="soft hide">${WAYS[session.way] ?? session.way}</td>
    <td class="soft hide"><${Ago} time=${moment(session.created)} now=${now} /></td>
    <td class="soft"><${Ago} time=${moment(session.seen)} now=${now} /></td>
    <td class="n"><button class="plain danger" onClick=${end}>Sign out</button></td>
  </tr>`;
}
