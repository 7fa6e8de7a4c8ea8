// Calls an extension as a client would, and shows what comes back.

import { ApiError, send } from "../lib/api.js";
import { bytes } from "../lib/format.js";
import { html, useEffect, useState } from "../lib/html.js";
import { useMay } from "../lib/rights.js";
import { Copied } from "./copy-code.js";
import { attempt } from "./toasts.js";

const SHOWN = 256 * 1024;

export function TryExtension({ name }) {
  const [rest, setRest] = useState("");
  const [file, setFile] = useState(null);
  const [answer, setAnswer] = useState(null);
  const [busy, setBusy] = useState(false);
  const may = useMay();
  useEffect(() => () => answer?.url && URL.revokeObjectURL(answer.url), [answer]);
  const path = `/extension/${encodeURIComponent(name)}${restOf(rest)}`;
  const call = async (event) => {
    event.preventDefault();
    setBusy(true);
    setAnswer((await attempt(() => called(path, file))) ?? null);
    setBusy(false);
  };
  return html`<form onSubmit=${call}>
    <div class="field">
      <label for="extension-rest"><b>What follows its name</b> · <code>/arguments?parameters</code></label>
      <input id="extension-rest" type="text" autocomplete="off" spellcheck="false" placeholder="/1/2?lang=en" value=${rest} onInput=${(event) => setRest(event.target.value)} />
    </div>
    <div class="field">
      <label for="extension-file"><b>A file as the body</b> · optional</label>
      <input id="extension-file" type="file" onChange=${(event) => setFile(event.target.files[0] ?? null)} />
    </div>
    ${may("run") && html`<div class="row"><button class="main" disabled=${busy}>${busy ? "calling …" : "Call it"}</button></div>`}
    <h3>The same from a shell</h3>
    <${Copied} text=${`curl ${file ? `-T '${file.name.replaceAll("'", "'\\''")}' ` : ""}'${location.origin}${path}'`} />
    <div role="status">${answer && html`<${Answer} ...${answer} />`}</div>
  </form>`;
}

/** Encodes what a URL can't have, and leaves what somebody encoded already. */
function restOf(text) {
  const rest = encodeURI(text.trim()).replace(/%25([0-9A-Fa-f]{2})/g, "%$1").replace(/'/g, "%27").replace(/#/g, "%23");
  return rest === "" || rest.startsWith("/") || rest.startsWith("?") ? rest : `/${rest}`;
}

async function called(path, file) {
  const began = Date.now();
  const answer = await send(file ? "PUT" : "GET", path, { body: file ?? undefined });
  if (answer.status === 401) throw new ApiError(401, "", "Sign in again.");
  const blob = await answer.blob();
  const type = answer.headers.get("Content-Type") ?? "";
  const seen = { status: answer.status, type, size: blob.size, seconds: ((Date.now() - began) / 1000).toFixed(2) };
  if (/^image\/(png|jpeg|gif|webp|bmp)/.test(type)) return { ...seen, url: URL.createObjectURL(blob) };
  const text = await blob.slice(0, SHOWN).text();
  return { ...seen, text: type.includes("json") ? laidOut(text) : text };
}

function laidOut(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Answer({ status, type, size, seconds, text, url }) {
  return html`<h3>Answer</h3>
    <p><span class=${status < 400 ? "state completed" : "state failed"}><span>${status}</span></span> <span class="soft">${type || "no content type"} · ${bytes(size)} · ${seconds} s</span></p>
    ${url ? html`<img class="preview" src=${url} alt="The answer as an image" />` : html`<pre class="box preview" tabindex="0">${text}</pre>`}`;
}
