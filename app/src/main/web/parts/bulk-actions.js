// Cancels or reruns many runs, and reports on each.

import { post } from "../lib/api.js";
import { count } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { toRun } from "../lib/router.js";
import { Dialog } from "./dialog.js";

const AT_ONCE = 4;

export function BulkActions({ runs, all, choose, done }) {
  const [report, setReport] = useState(null);
  const may = useMay();
  const start = (action, words) => async () => {
    const lines = runs.map((run) => ({ run, words: "…", failed: false }));
    setReport({ title: `${words} ${count(runs.length, "run")}`, lines: [...lines] });
    await eachOf(lines, AT_ONCE, async (line) => {
      try {
        const { data, msg } = await post(`/admin/jobs/${line.run.job_id}/${action}`);
        line.words = action === "rerun" ? `started as run ${data.job_id}` : msg;
        line.started = action === "rerun" ? data.job_id : null;
      } catch (error) {
        line.words = error.message;
        line.failed = true;
      }
      setReport((before) => before && { ...before, lines: [...lines] });
    });
    choose(new Set());
    done();
  };
  const open = runs.filter((run) => ["pending", "running"].includes(run.state ?? run.status));
  return html`
    ${runs.length > 0 &&
    html`<div class="filters" role="status">
      <b>${count(runs.length, "run")} chosen</b>
      ${may("operate") && html`<button onClick=${start("cancel", "Cancel")} disabled=${open.length === 0}>Cancel</button>`}
      ${may("run") && html`<button onClick=${start("rerun", "Rerun")}>Rerun</button>`}
      <button class="plain" onClick=${() => choose(new Set(all.map((run) => run.job_id)))}>Choose all ${count(all.length, "run")} shown</button>
      <button class="plain" onClick=${() => choose(new Set())}>Choose none</button>
    </div>`}
    ${report && html`<${Report} ...${report} close=${() => setReport(null)} />`}
  `;
}

function Report({ title, lines, close }) {
  const over = lines.filter(({ words }) => words !== "…");
  const failed = over.filter((line) => line.failed).length;
  return html`<${Dialog} label=${title} close=${close} wide>
    <div class="inside">
      <h2>${title}</h2>
      <p role="status">${over.length} of ${lines.length} done${failed ? `, ${failed} refused` : ""}</p>
      <div class="scroll"><table><tbody>
        ${lines.map(
          ({ run, words, failed, started }) => html`<tr key=${run.job_id}>
            <td class="n"><a href=${toRun(run.job_id)}>${run.job_id}</a></td>
            <td>${run.job_path}</td>
            <td class=${failed ? "grow bad" : "grow soft"} title=${words}>${started ? html`<a class="link" href=${toRun(started)}>${words}</a>` : words}</td>
          </tr>`,
        )}
      </tbody></table></div>
      <div class="end"><button class="main" onClick=${close} autofocus>Close</button></div>
    </div>
  <//>`;
}

/** Does the work on each thing, a few at a time. */
export async function eachOf(things, atOnce, work) {
  const left = [...things];
  const worker = async () => {
    for (let thing = left.shift(); thing; thing = left.shift()) await work(thing);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, worker));
}
