// One extension: call it, and see its source.

import { request, segments } from "../lib/api.js";
import { html } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { to } from "../lib/router.js";
import { Failure } from "../parts/failure.js";
import { Source } from "../parts/script-source.js";
import { Top } from "../parts/top.js";
import { TryExtension } from "../parts/try-extension.js";

export default function Extension({ route, ...frame }) {
  const name = route.path.slice(1).join("/");
  const may = useMay();
  const source = useLoad(async (signal) => (await request("GET", `/admin/sources/extensions/${segments(name)}`, { signal })).data, name);
  const crumb = html`<a class="crumb" href="#/scripts?kind=extensions">Extensions</a>`;
  const tools = may("write_scripts") && html`<a class="button" href=${to(["edit", "extensions", name])}>Edit</a>`;
  return html`<${Top} title=${name} crumb=${crumb} tools=${tools} ...${frame} />
    <div class="body">
      ${source.error && html`<div class="w12"><${Failure} error=${source.error} again=${source.again} /></div>`}
      ${source.data !== undefined &&
      html`<div class="w6 stack">
          <section class="panel"><h2>Try it</h2><${TryExtension} name=${name} /></section>
        </div>
        <section class="panel flat w6"><h2 class="pane">Source</h2><${Source} text=${source.data} /></section>`}
    </div>`;
}
