// A look into a value: text, JSON, CSV and images; never as a page of its own.

import { bytes } from "../lib/format.js";
import { html, useEffect } from "../lib/html.js";
import { csvRows } from "../lib/csv.js";
import { keyAddress } from "../lib/keys.js";
import { useLoad } from "../lib/load.js";
import { Dialog } from "./dialog.js";
import { Failure } from "./failure.js";

const MOST = 256 * 1024;
const MOST_IMAGE = 20 * 1024 * 1024;
const IMAGES = { png: "image/png", jpg: "image/jpeg", jpeg: "image/jpeg", gif: "image/gif", webp: "image/webp", bmp: "image/bmp", svg: "image/svg+xml" };

export function ValuePreview({ value, close }) {
  const kind = value.key.slice(value.key.lastIndexOf(".") + 1).toLowerCase();
  const isImage = kind in IMAGES && value.size <= MOST_IMAGE;
  const content = useLoad((signal) => fetchPart(value, isImage ? IMAGES[kind] : null, signal), value.key);
  useEffect(() => () => content.data?.url && URL.revokeObjectURL(content.data.url), [content.data]);
  return html`<${Dialog} label=${value.key} close=${close} wide>
    <div class="inside">
      <h2>${value.key}</h2>
      <p class="soft">${bytes(value.size)}, checksum ${value.checksum} (CRC-32C)${value.expires ? `, goes ${value.expires}` : ""}</p>
      ${content.error && html`<${Failure} error=${content.error} again=${content.again} />`}
      ${content.data && html`<${Content} kind=${kind} content=${content.data} />`}
      <div class="end"><a class="button" href=${keyAddress(value.key)} download>Download</a><button class="main" onClick=${close} autofocus>Close</button></div>
    </div>
  <//>`;
}

async function fetchPart(value, imageType, signal) {
  const answer = await fetch(keyAddress(value.key), { signal, headers: imageType ? {} : { Range: `bytes=0-${MOST - 1}` } });
  if (!answer.ok && answer.status !== 416) throw new Error(`The value can't be read: ${answer.status}`);
  const buffer = answer.status === 416 ? new ArrayBuffer(0) : await answer.arrayBuffer();
  // An image element runs no script, not even of an SVG.
  if (imageType) return { url: URL.createObjectURL(new Blob([buffer], { type: imageType })) };
  const content = new Uint8Array(buffer);
  const cut = value.size > content.length;
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(content, { stream: cut }), cut };
  } catch {
    return { binary: content.slice(0, 512) };
  }
}

function Content({ kind, content: { url, text, cut, binary } }) {
  if (url) return html`<img class="preview" src=${url} alt="The value as an image" />`;
  if (binary) return html`<pre class="box">${hexOf(binary)}</pre>`;
  const note = cut && html`<p class="soft">The first ${bytes(MOST)}.</p>`;
  if (kind === "csv") return html`${note}<${Table} rows=${csvRows(text, 200)} />`;
  return html`${note}<pre class="box preview" tabindex="0">${kind === "json" && !cut ? laidOut(text) : text || "It is empty."}</pre>`;
}

function Table({ rows: [head = [], ...rows] }) {
  return html`<div class="scroll preview" tabindex="0"><table>
    <thead><tr>${head.map((cell, at) => html`<th key=${at}>${cell}</th>`)}</tr></thead>
    <tbody>${rows.map((row, at) => html`<tr key=${at}>${row.map((cell, column) => html`<td key=${column}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function hexOf(content) {
  return Array.from({ length: Math.ceil(content.length / 16) }, (_, row) => {
    const part = [...content.slice(row * 16, row * 16 + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    return `${(row * 16).toString(16).padStart(4, "0")}  ${hex.padEnd(47)}  ${part.map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("")}`;
  }).join("\n");
}
