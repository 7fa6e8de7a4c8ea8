// Scripts by folder.

import { html } from "../lib/html.js";
import { toScript } from "../lib/router.js";

export function ScriptTree({ scripts, open }) {
  return html`<nav class="tree" aria-label="Scripts by folder"><${Folder} node=${treeOf(scripts)} open=${open} /></nav>`;
}

/** `{folders: Map, scripts}` of paths. */
export function treeOf(scripts) {
  const root = { folders: new Map(), scripts: [] };
  for (const script of scripts) {
    const names = script.path.split("/");
    let node = root;
    for (const name of names.slice(0, -1)) {
      if (!node.folders.has(name)) node.folders.set(name, { folders: new Map(), scripts: [] });
      node = node.folders.get(name);
    }
    node.scripts.push({ ...script, name: names.at(-1) });
  }
  return root;
}

function Folder({ node, open }) {
  return html`<ul>
    ${[...node.folders].map(
      ([name, inner]) => html`<li key=${`${name}/`}><details open=${open}><summary>${name}</summary><${Folder} node=${inner} open=${open} /></details></li>`,
    )}
    ${node.scripts.map(
      ({ path, name, description, category, author }) => html`<li key=${path}>
        <a href=${toScript(path)} title=${path}><span>${name}</span><span class="soft">${description}</span><span class="soft">${author || category}</span></a>
      </li>`,
    )}
  </ul>`;
}
