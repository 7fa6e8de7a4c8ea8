// What runs by itself, when it comes next and how it went.

import { get } from "../lib/api.js";
import { count, moment } from "../lib/format.js";
import { html, useMemo } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { matching } from "../lib/match.js";
import { replaceQuery, to } from "../lib/router.js";
import { planWords } from "../lib/schedule-words.js";
import { Ago } from "../parts/ago.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { ScheduleActions } from "../parts/schedule-actions.js";
import { State } from "../parts/state.js";
import { Top } from "../parts/top.js";
import { WaitingRows } from "../parts/waiting.js";

const EVERY = 3000;
const MOST = 1000;

export default function Schedules({ route, ...frame }) {
  const schedules = useLoad((signal) => get(`/admin/scheduled_jobs?limit=${MOST}`, { signal }), "schedules", { every: EVERY });
  const now = useNow();
  const { text = "", state = "" } = route.query;
  const found = useMemo(
    () => matching(schedules.data ?? [], text, ({ job_path, job_id, parameters }) => `${job_path} ${job_id} ${parameters}`).filter((one) => !state || one.state === state).sort(byNext),
    [schedules.data, text, state],
  );
  const change = (part) => replaceQuery({ ...route.query, ...part });
  return html`<${Top} title="Schedules" ...${frame} />
    <div class="body"><section class="panel flat w12" aria-label="Schedules">
      <form class="filters" role="search" onSubmit=${(event) => event.preventDefault()}>
        <input type="search" aria-label="Search schedules" placeholder="Search script, number, parameters" value=${text} onInput=${(event) => change({ text: event.target.value })} />
        <select aria-label="State" value=${state} onChange=${(event) => change({ state: event.target.value })}>
          ${["", "scheduled", "paused", "finished", "canceled"].map((one) => html`<option key=${one} value=${one}>${one || "every state"}</option>`)}
        </select>
      </form>
      ${schedules.error && html`<${Failure} error=${schedules.error} again=${schedules.again} />`}
      ${schedules.data?.length === 0
        ? html`<${Empty} title="Nothing is scheduled yet">Open one of the <a href="#/scripts">scripts</a>, fill in its form and choose Schedule.<//>`
        : html`<div class="scroll"><table>
            <thead><tr><th>State</th><th>Script</th><th class="hide">When</th><th class="n">Next</th><th><span class="hidden">Actions</span></th></tr></thead>
            <tbody>
              ${schedules.data ? found.map((one) => html`<${Line} key=${one.job_id} schedule=${one} now=${now} again=${schedules.again} />`) : html`<${WaitingRows} rows=${8} columns=${5} />`}
            </tbody>
          </table></div>`}
      ${schedules.data?.length > 0 && html`<div class="more" role="status">${count(found.length, "schedule")}${schedules.data.length === MOST ? `, the newest of more than ${MOST}` : ""}</div>`}
    </section></div>`;
}

const byNext = (one, other) => (moment(one.next_execution) ?? Infinity) - (moment(other.next_execution) ?? Infinity) || other.job_id - one.job_id;

function Line({ schedule, now, again }) {
  const id = schedule.job_id;
  return html`<tr>
    <td><${State} state=${schedule.state === "scheduled" ? "active" : schedule.state} /></td>
    <td class="grow"><a href=${to(["schedules", String(id)])} title=${schedule.job_path}>${schedule.job_path}</a> <span class="soft">· ${id}${schedule.parameters === "{}" ? "" : ` · ${schedule.parameters}`}</span></td>
    <td class="soft hide">${planWords(schedule)}</td>
    <td class="n"><${Ago} time=${moment(schedule.next_execution)} now=${now} /></td>
    <td class="n"><${ScheduleActions} id=${id} state=${schedule.state} again=${again} small /></td>
  </tr>`;
}

