// When a script shall run by itself: every so often, by cron, or once.

import { address, get, post, segments } from "../lib/api.js";
import { cronWords } from "../lib/cron.js";
import { clock, moment } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useLoad, useSettled } from "../lib/load.js";
import { go, to } from "../lib/router.js";
import { Dialog } from "./dialog.js";
import { attempt, toast } from "./toasts.js";

const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function ScheduleDialog({ path, parameters, close }) {
  const [kind, setKind] = useState("interval");
  const [plan, setPlan] = useState({ interval: "hours", time_unit: "1", cron: "0 9 * * MON-FRI", timezone: HERE, at: "", misfire: "", overlap: "" });
  const change = (part) => setPlan((before) => ({ ...before, ...part }));
  const scheduled = scheduledOf(kind, plan);
  const submit = (event) => {
    event.preventDefault();
    attempt(async () => {
      const { data } = await post(`/launch_job/${segments(path)}`, { ...parameters, scheduled });
      close();
      go(to(["schedules", String(data.job_id)]));
      toast(`Schedule ${data.job_id} was made`);
    });
  };
  return html`<${Dialog} label=${`Schedule ${path}`} close=${close}>
    <form onSubmit=${submit}>
      <h2>Schedule ${path}</h2>
      <div class="row modes">
        ${[["interval", "Every so often"], ["cron", "Cron"], ["at", "Once"]].map(
          ([name, words]) => html`<button type="button" key=${name} class="plain" aria-pressed=${kind === name} onClick=${() => setKind(name)}>${words}</button>`,
        )}
      </div>
      ${kind === "interval" && html`<${Interval} plan=${plan} change=${change} />`}
      ${kind === "cron" && html`<${Cron} plan=${plan} change=${change} />`}
      ${kind === "at" && html`<div class="field"><label for="plan-at">When, in your time (${HERE})</label><input id="plan-at" type="datetime-local" required value=${plan.at} onInput=${(event) => change({ at: event.target.value })} /></div>`}
      <${Rules} plan=${plan} change=${change} />
      <div class="end"><button type="button" onClick=${close}>Back</button><button class="main">Make the schedule</button></div>
    </form>
  <//>`;
}

/** What is sent, without what was not chosen. */
export function scheduledOf(kind, plan) {
  const rules = Object.fromEntries(["misfire", "overlap"].filter((name) => plan[name]).map((name) => [name, plan[name]]));
  if (kind === "interval") return { interval: plan.interval, time_unit: plan.time_unit, repeat: 1, ...rules };
  if (kind === "cron") return { cron: plan.cron, timezone: plan.timezone, ...rules };
  return { at: plan.at ? new Date(plan.at).toISOString().replace(".000", "") : "", ...rules };
}

function Interval({ plan, change }) {
  return html`<div class="row field">
    <label for="plan-count">Every</label>
    <input id="plan-count" class="short" inputmode="numeric" pattern="[1-9][0-9]*" required value=${plan.time_unit} onInput=${(event) => change({ time_unit: event.target.value })} />
    <select aria-label="Unit" class="auto" value=${plan.interval} onChange=${(event) => change({ interval: event.target.value })}>
      ${["minutes", "hours", "days", "weeks"].map((unit) => html`<option key=${unit} value=${unit}>${unit}</option>`)}
    </select>
    <span class="hint">for ever; the first time one interval from now</span>
  </div>`;
}

function Cron({ plan, change }) {
  const words = cronWords(plan.cron);
  const settled = useSettled(JSON.stringify({ cron: plan.cron, timezone: plan.timezone }), 300);
  const next = useLoad(async (signal) => (await get(address("/admin/scheduled_jobs/preview", JSON.parse(settled)), { signal })).next, settled);
  return html`<div class="field">
      <label for="plan-cron">Minute, hour, day of the month, month, day of the week</label>
      <input id="plan-cron" class="mono" required spellcheck="false" value=${plan.cron} onInput=${(event) => change({ cron: event.target.value })} aria-describedby="plan-cron-words" />
      <span id="plan-cron-words" class=${next.error ? "hint bad" : "hint"} role="status">${next.error?.message ?? words ?? ""}</span>
    </div>
    <div class="field">
      <label for="plan-zone">Time zone</label>
      <input id="plan-zone" list="zones" required value=${plan.timezone} onInput=${(event) => change({ timezone: event.target.value })} />
      <datalist id="zones">${(Intl.supportedValuesOf?.("timeZone") ?? []).map((zone) => html`<option key=${zone} value=${zone} />`)}</datalist>
      <span class="hint">${next.data ? `next, in your time: ${next.data.map((time) => clock(moment(time))).join(", ")}` : " "}</span>
    </div>`;
}

/** What the rules mean stands beside them. */
function Rules({ plan, change }) {
  return html`<details class="field"><summary class="soft">When a time is missed or runs overlap</summary>
    <div class="field"><label for="plan-misfire">When the server was down at the time</label>
      <select id="plan-misfire" value=${plan.misfire} onChange=${(event) => change({ misfire: event.target.value })}>
        <option value="">as the settings have it</option><option value="once">run once, for all missed times</option><option value="skip">skip what was missed</option><option value="all">run once for each missed time</option>
      </select></div>
    <div class="field"><label for="plan-overlap">When the run before is not over</label>
      <select id="plan-overlap" value=${plan.overlap} onChange=${(event) => change({ overlap: event.target.value })}>
        <option value="">as the settings have it</option><option value="skip">skip this time</option><option value="queue_one">wait until it is over</option><option value="allow">run beside it</option>
      </select></div>
  </details>`;
}
