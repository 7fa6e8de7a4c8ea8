// Secrets, which nobody reads again, and variables: by the folder whose scripts get them.

import { get } from "../lib/api.js";
import { html, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { replaceQuery } from "../lib/router.js";
import { KINDS } from "../lib/secrets.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { SecretDialog } from "../parts/secret-dialog.js";
import { SecretsTable } from "../parts/secrets-table.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

export default function Secrets({ route, ...frame }) {
  const kind = route.query.tab === "variables" ? KINDS.variables : KINDS.secrets;
  const rows = useLoad((signal) => get(kind.route, { signal }), kind.many);
  const [setting, setSetting] = useState(null);
  const another = () => setSetting({ name: "", folder: "", value: "" });
  return html`<${Top} title="Secrets" ...${frame} />
    <div class="body"><section class="panel flat w12" aria-label=${kind.title}>
      <${Tabs} tabs=${Object.values(KINDS).map(({ many, title }) => [many, title])} chosen=${kind.many} choose=${(tab) => replaceQuery({ tab })} label="Secrets or variables" />
      <div role="tabpanel">
        <div class="filters"><button class="main" onClick=${another}>Set a ${kind.one}</button><span class="soft">${kind.hint}</span></div>
        ${rows.error && html`<${Failure} error=${rows.error} again=${rows.again} />`}
        ${rows.data?.length === 0
          ? html`<${Empty} title=${`There are no ${kind.many} yet`}>${kind.first}<//>`
          : html`<${SecretsTable} kind=${kind} rows=${rows.data} change=${setSetting} again=${rows.again} />`}
      </div>
    </section>
    ${setting && html`<${SecretDialog} kind=${kind} before=${setting} done=${rows.again} close=${() => setSetting(null)} />`}
    </div>`;
}
