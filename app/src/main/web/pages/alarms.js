// Who is told when scripts fail, recover, are late or wait, and what was told.

import { get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { replaceQuery } from "../lib/router.js";
import { Notices } from "../parts/alarm-notices.js";
import { Receivers } from "../parts/alarm-receivers.js";
import { Rules } from "../parts/alarm-rules.js";
import { Failure } from "../parts/failure.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

const TABS = [["receivers", "Receivers"], ["rules", "Rules"], ["notices", "Notices"]];

export default function Alarms({ route, ...frame }) {
  const tab = TABS.find(([name]) => name === route.query.tab)?.[0] ?? "receivers";
  const alarms = useLoad((signal) => get("/admin/alarms", { signal }), "alarms");
  const { receivers, rules, mail } = alarms.data ?? {};
  return html`<${Top} title="Alarms" ...${frame} />
    <div class="body"><section class="panel flat w12" aria-label="Alarms">
      <${Tabs} tabs=${TABS} chosen=${tab} choose=${(name) => replaceQuery({ tab: name })} label="Views" />
      <div role="tabpanel">
        ${alarms.error && html`<div class="pane"><${Failure} error=${alarms.error} again=${alarms.again} /></div>`}
        ${tab === "receivers" && html`<${Receivers} receivers=${receivers} mail=${mail} again=${alarms.again} />`}
        ${tab === "rules" && html`<${Rules} rules=${rules} receivers=${receivers ?? []} again=${alarms.again} />`}
        ${tab === "notices" && html`<${Notices} />`}
      </div>
    </section></div>`;
}
