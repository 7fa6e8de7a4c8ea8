// How many runs ended, by time and by how.

import { count } from "../lib/format.js";
import { html } from "../lib/html.js";
import { bars, Plot } from "./plot.js";

export function EndsPlot({ statistics, height = 170 }) {
  if (!statistics) return html`<div class="plot" />`;
  const { completed, failed, canceled, step, start_epoch } = statistics;
  const times = completed.map((_, at) => start_epoch + at * step);
  const lower = completed;
  const middle = completed.map((n, at) => n + canceled[at]);
  const upper = middle.map((n, at) => n + failed[at]);
  const total = statistics.total;
  const label = `${count(total.completed, "run")} completed, ${total.failed} failed, ${total.canceled} canceled`;
  // The tallest bars are drawn first, so that each shows above the next; the legend names each one's own share.
  const series = [
    { label: "failed", colour: "bad", paths: bars, value: (_, __, ___, at) => share(failed, at) },
    { label: "canceled", colour: "soft", paths: bars, value: (_, __, ___, at) => share(canceled, at) },
    { label: "completed", colour: "good", paths: bars, faint: 0.6, value: (_, __, ___, at) => share(completed, at) },
  ];
  return html`<${Plot} data=${[times, upper, middle, lower]} series=${series} height=${height} label=${label} whole />`;
}

const share = (values, at) => (at === null || at === undefined ? "–" : values[at]);
