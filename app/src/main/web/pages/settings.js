// How the server is set up, and whether it is well.

import { get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { replaceQuery } from "../lib/router.js";
import { DoctorTable } from "../parts/doctor-table.js";
import { Failure } from "../parts/failure.js";
import { HealthTable } from "../parts/health-table.js";
import { SettingsTable } from "../parts/settings-table.js";
import { Tabs } from "../parts/tabs.js";
import { Top } from "../parts/top.js";

export default function Settings({ route, ...frame }) {
  const may = useMay();
  const tabs = [["settings", "Settings"], ["health", "Health"], ...(may("administer") ? [["doctor", "Doctor"], ["backup", "Backup"]] : [])];
  const tab = tabs.find(([name]) => name === route.query.tab)?.[0] ?? "settings";
  const settings = useLoad((signal) => get("/admin/settings", { signal }), "settings");
  const choose = (name) => replaceQuery({ tab: name });
  return html`<${Top} title="Settings" ...${frame} />
    <div class="body"><section class="panel flat w12">
      <${Tabs} tabs=${tabs} chosen=${tab} choose=${choose} label="Views" />
      <div role="tabpanel">
        ${tab === "health" && html`<${HealthTable} />`}
        ${tab === "doctor" && html`<${DoctorTable} />`}
        ${tab === "backup" && html`<${Backup} />`}
        ${tab === "settings" && (settings.error ? html`<div class="pane"><${Failure} error=${settings.error} again=${settings.again} /></div>` : html`<${SettingsTable} settings=${settings.data} text=${route.query.text ?? ""} change=${(text) => replaceQuery({ tab, text })} />`)}
      </div>
    </section></div>`;
}

function Backup() {
  return html`<div class="pane">
    <p>One file with all that this server keeps: jobs, schedules, the index of keys, records, people; and its values, where it is a node too. It is the state of one moment, and nobody notices that it is made.</p>
    <p>It holds no key of the cluster, no settings and no scripts. <code>./pulzar restore FILE</code> puts it back; each node has a backup of its own.</p>
    <p><a class="button" href="/admin/backup" download>Download a backup</a></p>
    <p class="soft">By itself, every day: <code>[backup]</code> in config/server.conf.</p>
  </div>`;
}
