// Writes a script or an extension: try it, save it, and find the way back.

import { request, segments } from "../lib/api.js";
import { html, useEffect, useState } from "../lib/html.js";
import { useLoad, useNow } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { go, to } from "../lib/router.js";
import { templates } from "../lib/templates.js";
import { CodeEditor } from "../parts/code-editor.js";
import { Confirm } from "../parts/dialog.js";
import { DraftRun } from "../parts/draft-run.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { SourceDiff } from "../parts/source-diff.js";
import { attempt, toast } from "../parts/toasts.js";
import { Top } from "../parts/top.js";
import { Versions } from "../parts/versions.js";

const pageOf = (kind, path) => to([kind === "jobs" ? "scripts" : "extensions", ...path.split("/")]);

export default function Edit({ route, ...frame }) {
  const [kind, ...names] = route.path.slice(1);
  const path = names.join("/");
  const may = useMay();
  const file = useLoad((signal) => fetched(kind, path, route.query.begin, signal), `${kind}/${path}`);
  const crumb = html`<a class="crumb" href="#/scripts">Scripts</a>`;
  if (!templates[kind] || !path || !may("write_scripts")) {
    return html`<${Top} title="Edit" crumb=${crumb} ...${frame} /><div class="body"><section class="panel w12"><${Empty} title="There is nothing to edit here">Choose a script first; changing it needs the right to write scripts.<//></section></div>`;
  }
  return html`<${Top} title=${path} crumb=${crumb} ...${frame} />
    <div class="body">
      ${file.error && html`<div class="w12"><${Failure} error=${file.error} again=${file.again} /></div>`}
      ${file.data && html`<${Editor} key=${file.data.tag} kind=${kind} path=${path} file=${file.data} reload=${file.again} />`}
    </div>`;
}

/** `{text, tag, isNew}`; a file that is not there begins as its template. */
async function fetched(kind, path, begin, signal) {
  try {
    const { data, headers } = await request("GET", sourceOf(kind, path), { signal });
    return { text: data, tag: headers.get("ETag"), isNew: false };
  } catch (error) {
    if (error.status !== 404) throw error;
    const template = templates[kind]?.find(({ name }) => name === begin) ?? templates[kind]?.[0];
    return { text: template?.make(path) ?? "", tag: null, isNew: true };
  }
}

const sourceOf = (kind, path) => `/admin/sources/${kind}/${segments(path)}`;

function Editor({ kind, path, file, reload }) {
  const [text, setText] = useState(file.text);
  const [saved, setSaved] = useState(file);
  const [asking, setAsking] = useState(null);
  const [problems, setProblems] = useState([]);
  const now = useNow(5000);
  const changed = saved.isNew || text !== saved.text;
  useLeaveWarning(changed && !(saved.isNew && text === file.text));

  const save = async () => {
    if (!changed) return;
    try {
      const headers = { "Content-Type": "text/x-python", ...(saved.isNew ? { "If-None-Match": "*" } : { "If-Match": saved.tag }) };
      const answer = await request("PUT", sourceOf(kind, path), { body: text, headers });
      setSaved({ text, tag: answer.headers.get("ETag"), isNew: false });
      setProblems(answer.data.problems);
      toast(answer.msg, { href: pageOf(kind, path), link: "Open it" });
    } catch (error) {
      if (error.status === 412) setAsking("conflict");
      else toast(error.message, { failed: true });
    }
  };
  const remove = async () => {
    const done = await attempt(() => request("DELETE", sourceOf(kind, path), { headers: { "If-Match": saved.tag } }));
    if (done) go("#/scripts");
  };
  return html`
    <div class="w8 stack">
      ${problems.map((problem) => html`<section class="panel notice" key=${problem}><span>${problem}</span></section>`)}
      <section class="panel flat">
        <div class="filters">
          <button class="main" disabled=${!changed} onClick=${save}>Save</button>
          <button disabled=${!changed || saved.isNew} onClick=${() => setAsking("changes")}>What changed</button>
          ${!saved.isNew && html`<a class="button" href=${pageOf(kind, path)}>Open it</a>`}
          <span class="soft small" role="status">${saved.isNew ? "new, not saved yet" : changed ? "not saved" : "saved"}</span>
          ${!saved.isNew && html`<button class="danger right" onClick=${() => setAsking("delete")}>Delete</button>`}
        </div>
        <${CodeEditor} text=${text} change=${setText} save=${save} />
      </section>
    </div>
    <div class="w4 stack">
      <${DraftRun} kind=${kind} path=${path} source=${text} />
      <${Versions} kind=${kind} path=${path} saved=${saved.tag} now=${now} text=${text} restore=${setText} />
    </div>
    ${asking === "changes" && html`<${Confirm} title="What changed since it was saved" action="Save" danger=${false} run=${save} close=${() => setAsking(null)}><${SourceDiff} before=${saved.text} after=${text} /><//>`}
    ${asking === "delete" && html`<${Confirm} title=${`Delete ${path}.py?`} action="Delete the file" run=${remove} close=${() => setAsking(null)}><p>Runs and schedules of it will fail. Its versions are kept: write a file of this name again, and they are here.</p><//>`}
    ${asking === "conflict" && html`<${Confirm} title="Somebody else changed the file meanwhile" action="Throw mine away and load theirs" run=${reload} close=${() => setAsking(null)}><p>Nothing was saved. Copy what you want to keep, load the file as it is now, and put it in.</p><//>`}
  `;
}

/** The browser asks before a tab with unsaved work is closed. */
function useLeaveWarning(active) {
  useEffect(() => {
    if (!active) return undefined;
    const leaving = (event) => event.preventDefault();
    addEventListener("beforeunload", leaving);
    return () => removeEventListener("beforeunload", leaving);
  }, [active]);
}
