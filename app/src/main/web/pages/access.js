// Who may do what: people, tokens, folders of scripts, groups, and who is signed in.

import { html, useContext } from "../lib/html.js";
import { Rights } from "../lib/rights.js";
import { replaceQuery } from "../lib/router.js";
import { GroupsAndFolders } from "../parts/access-grants.js";
import { People } from "../parts/access-people.js";
import { Sessions } from "../parts/access-sessions.js";
import { Tokens } from "../parts/access-tokens.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

const TABS = [
  ["people", "People", People],
  ["tokens", "Tokens", Tokens],
  ["grants", "Groups and folders", GroupsAndFolders],
  ["sessions", "Sessions", Sessions],
];

export default function Access({ route, ...frame }) {
  const { who } = useContext(Rights);
  const [name, , shown] = TABS.find(([one]) => one === route.query.tab) ?? TABS[0];
  return html`<${Top} title="Access" ...${frame} />
    <div class="body">
      ${!who && html`<div class="panel notice w12" role="status"><span>Nobody is asked who they are here. What stands below counts as soon as the server is started with <code>pulzar.auth=on</code>, or where other machines reach it.</span></div>`}
      <section class="panel flat w12" aria-label="Access">
        <${Tabs} tabs=${TABS} chosen=${name} choose=${(tab) => replaceQuery({ tab })} label="Views" />
        <div role="tabpanel"><${shown} key=${name} /></div>
      </section>
    </div>`;
}
