// How the server is set up, and whether it is well.

import { get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { replaceQuery } from "../lib/router.js";
import { Failure } from "../parts/failure.js";
import { HealthTable } from "../parts/health-table.js";
import { SettingsTable } from "../parts/settings-table.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

export default function Settings({ route, ...frame }) {
  const tab = route.query.tab === "health" ? "health" : "settings";
  const settings = useLoad((signal) => get("/admin/settings", { signal }), "settings");
  const choose = (name) => replaceQuery({ tab: name });
  return html`<${Top} title="Settings" ...${frame} />
    <div class="body"><section class="panel flat w12">
      <${Tabs} tabs=${[["settings", "Settings"], ["health", "Health"]]} chosen=${tab} choose=${choose} label="Views" />
      <div role="tabpanel">
        ${tab === "health" && html`<${HealthTable} />`}
        ${tab === "settings" && (settings.error ? html`<div class="pane"><${Failure} error=${settings.error} again=${settings.again} /></div>` : html`<${SettingsTable} settings=${settings.data} text=${route.query.text ?? ""} change=${(text) => replaceQuery({ tab, text })} />`)}
      </div>
    </section></div>`;
}
