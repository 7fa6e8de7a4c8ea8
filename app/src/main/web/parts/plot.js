// A plot over time, drawn by uPlot; with its colours taken from style.css.

import { html, useEffect, useRef, useState } from "../lib/html.js";
import { colour } from "../lib/theme.js";

let library;

/** The library is fetched when the first plot is shown. */
function fetchLibrary() {
  library ??= import("../vendor/uplot.js").then((module) => module.default);
  if (!document.getElementById("uplot-style")) {
    const style = document.createElement("link");
    style.id = "uplot-style";
    style.rel = "stylesheet";
    style.href = new URL("../vendor/uplot.css", import.meta.url).href;
    document.head.append(style);
  }
  return library;
}

/** Marks a series to be drawn as bars. */
export const bars = "bars";

/**
 * @param data columns: times in seconds since 1970, then one for each series
 * @param series `{label, colour, paths, faint, value, points}`; the colour is a name of style.css
 * @param label what a reader hears in place of the picture
 */
export function Plot({ data, series, height = 170, label, format = (n) => String(n), whole = false }) {
  const place = useRef(null);
  const plot = useRef(null);
  const [theme, setTheme] = useState(0);
  const shape = series.map((one) => one.label).join();
  useEffect(() => {
    const repaint = () => setTheme((n) => n + 1);
    const dark = matchMedia("(prefers-color-scheme: dark)");
    addEventListener("theme", repaint);
    dark.addEventListener("change", repaint);
    return () => {
      removeEventListener("theme", repaint);
      dark.removeEventListener("change", repaint);
    };
  }, []);
  useEffect(() => {
    let over = false;
    const resized = new ResizeObserver(([{ contentRect }]) => plot.current?.setSize({ width: Math.floor(contentRect.width), height }));
    fetchLibrary().then((UPlot) => {
      if (over) return;
      place.current.replaceChildren();
      plot.current = new UPlot(options(UPlot, series, place.current.clientWidth, height, format, whole), data, place.current);
      resized.observe(place.current);
    });
    return () => {
      over = true;
      resized.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [shape, theme, height]);
  useEffect(() => {
    if (!plot.current) return;
    series.forEach((one, at) => one.value && (plot.current.series[at + 1].value = one.value));
    plot.current.setData(data);
  }, [JSON.stringify(data)]);
  return html`<div class="plot" role="img" aria-label=${label}><div ref=${place} /></div>`;
}

function options(UPlot, series, width, height, format, whole) {
  const soft = colour("soft");
  const grid = { stroke: colour("line"), width: 1 };
  const axis = { stroke: soft, grid: { show: false }, ticks: { show: false }, font: "11px system-ui, sans-serif" };
  return {
    width,
    height,
    cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
    legend: { live: true },
    scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
    axes: [
      { ...axis, size: 26, values: (_, times) => times.map((time) => hours(time)) },
      { ...axis, grid, size: 58, values: (_, ticks) => ticks.map((n) => (whole && n % 1 ? "" : format(n))) },
    ],
    series: [
      { label: "time", value: (_, time) => (time ? new Date(time * 1000).toLocaleString("en-GB", { hour: "2-digit", minute: "2-digit", day: "numeric", month: "short" }) : "–") },
      ...series.map((one) => drawn(UPlot, one)),
    ],
  };
}

function drawn(UPlot, { label, colour: name, paths, faint = 1, value, points }) {
  const ink = colour(name);
  const isBar = paths === bars;
  return {
    label,
    stroke: ink,
    width: isBar ? 0 : 1.5,
    fill: isBar ? faded(ink, faint) : undefined,
    paths: isBar ? UPlot.paths.bars({ size: [0.72, 14] }) : points ? () => null : undefined,
    points: { show: Boolean(points), size: 5, fill: ink },
    value,
  };
}

function faded(ink, opacity) {
  const [r, g, b] = ink.match(/[\d.]+/g);
  return `rgb(${r} ${g} ${b} / ${opacity})`;
}

const hours = (time) => {
  const date = new Date(time * 1000);
  const text = `${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`;
  return text === "00:00" ? date.toLocaleDateString("en-GB", { day: "numeric", month: "short" }) : text;
};
