// What can be done with a schedule.

import { post } from "../lib/api.js";
import { html, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { Confirm } from "./dialog.js";
import { attempt, toast } from "./toasts.js";

export function ScheduleActions({ id, state, again, small = false }) {
  const [asking, setAsking] = useState(false);
  const over = state !== "scheduled" && state !== "paused";
  const act = (what, words) => () =>
    attempt(async () => {
      await post(`/admin/scheduled_jobs/${id}/${what}`);
      toast(`Schedule ${id} ${words}`);
      again();
    });
  const may = useMay();
  const kind = small ? "plain" : "";
  if (over) return null;
  return html`
    ${may("run") && html`<button class=${kind} onClick=${act("run", "starts a run now")}>Run now</button>`}
    ${may("operate") &&
    html`${state === "paused"
      ? html`<button class=${kind} onClick=${act("resume", "goes on")}>Resume</button>`
      : html`<button class=${kind} onClick=${act("pause", "is paused")}>Pause</button>`}
      <button class=${`${kind} danger`} onClick=${() => setAsking(true)}>Cancel</button>`}
    ${asking &&
    html`<${Confirm} title=${`Cancel schedule ${id}?`} action="Cancel the schedule" run=${act("cancel", "was canceled")} close=${() => setAsking(false)}>
      <p>It never runs again. Its history is kept. To stop it for a while, pause it.</p>
    <//>`}
  `;
}
