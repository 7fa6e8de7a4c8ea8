// What the server needs of its machine, and what to do about what is missing.

import { get } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { Failure } from "./failure.js";
import { State } from "./state.js";
import { WaitingRows } from "./waiting.js";

const SHAPE = { good: "up", poor: "starting", bad: "down" };
const WORDS = { good: "good", poor: "could be better", bad: "missing" };

export function DoctorTable() {
  const found = useLoad((signal) => get("/admin/doctor", { signal }), "doctor");
  if (found.error) return html`<div class="pane"><${Failure} error=${found.error} again=${found.again} /></div>`;
  return html`<div class="scroll"><table>
    <thead><tr><th>What</th><th>State</th><th>Detail</th></tr></thead>
    <tbody>
      ${found.data
        ? found.data.map(({ grade, subject, detail, cure }) => html`<tr key=${subject}><td>${subject}</td><td><${State} state=${SHAPE[grade]}>${WORDS[grade]}<//></td><td class="wrap soft">${detail}${cure && html`<br /><b>${cure}</b>`}</td></tr>`)
        : html`<${WaitingRows} rows=${8} columns=${3} />`}
    </tbody>
  </table></div>`;
}
