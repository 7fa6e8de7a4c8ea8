// How long a script's latest runs took and how much memory they used.

import { bytes, duration, moment } from "../lib/format.js";
import { html } from "../lib/html.js";
import { Plot } from "./plot.js";

export function RunsPlot({ runs }) {
  const inOrder = [...runs].reverse();
  const times = inOrder.map((run) => moment(run.started) / 1000);
  const took = inOrder.map((run) => run.time);
  const memory = inOrder.map((run) => run.peak_memory);
  const measured = memory.some((n) => n);
  const longest = Math.max(...took);
  return html`<div class="pair">
    <${Plot} data=${[times, took]} height=${130} label=${`Duration of the latest ${runs.length} runs, at most ${duration(longest * 1000)}`}
      series=${[{ label: "took", colour: "accent", points: true, value: (_, n) => (n === null ? "–" : duration(n * 1000)) }]} format=${(n) => duration(n * 1000)} />
    ${measured && html`<${Plot} data=${[times, memory]} height=${130} label="Peak memory of the latest runs"
      series=${[{ label: "peak memory", colour: "wait", points: true, value: (_, n) => bytes(n) }]} format=${(n) => bytes(n)} />`}
  </div>`;
}
