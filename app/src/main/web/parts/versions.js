// What a file was before: who changed it when, what, and the way back.

import { address, get, segments } from "../lib/api.js";
import { bytes } from "../lib/format.js";
import { html, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { Ago } from "./ago.js";
import { Dialog } from "./dialog.js";
import { Failure } from "./failure.js";
import { SourceDiff } from "./source-diff.js";

/**
 * @param saved changes whenever there may be a new version
 * @param restore is called with the text of the version that is wanted back
 */
export function Versions({ kind, path, saved, now, text, restore }) {
  const place = `/admin/source_versions/${kind}/${segments(path)}`;
  const versions = useLoad((signal) => get(place, { signal }), `${place} ${saved}`);
  const [shown, setShown] = useState(null);
  if (versions.error) return html`<section class="panel"><${Failure} error=${versions.error} again=${versions.again} /></section>`;
  const rows = versions.data ?? [];
  return html`<section class="panel flat">
    <h2 class="pane">Versions</h2>
    ${rows.length === 0 && html`<p class="pane soft">Those that are saved here are listed, with what the file was before.</p>`}
    ${rows.length > 0 &&
    html`<div class="scroll"><table><tbody>
      ${rows.map(
        ({ number, time, who, deleted, size }) => html`<tr key=${number}>
          <td class="n">${number}</td>
          <td><${Ago} time=${time} now=${now} /></td>
          <td class="grow" title=${who}>${who || html`<span class="soft">on the disk</span>`}</td>
          <td class="n soft">${deleted ? "deleted" : bytes(size)}</td>
          <td>${!deleted && html`<button class="plain link" aria-label=${`Look at version ${number}`} onClick=${() => setShown(number)}>Look</button>`}</td>
        </tr>`,
      )}
    </tbody></table></div>`}
    ${shown !== null && html`<${Version} place=${place} number=${shown} text=${text} restore=${restore} close=${() => setShown(null)} />`}
  </section>`;
}

function Version({ place, number, text, restore, close }) {
  const version = useLoad((signal) => get(address(place, { number }), { signal }), number);
  const back = () => {
    restore(version.data.text);
    close();
  };
  return html`<${Dialog} label=${`Version ${number}`} close=${close} wide>
    <div class="inside">
      <h2>From version ${number} to what is in the editor</h2>
      ${version.error && html`<${Failure} error=${version.error} again=${version.again} />`}
      ${version.data && html`<${SourceDiff} before=${version.data.text} after=${text} />`}
      <div class="end">
        <button type="button" onClick=${close}>Back</button>
        <button type="button" class="main" disabled=${!version.data} onClick=${back}>Take version ${number} into the editor</button>
      </div>
    </div>
  <//>`;
}
