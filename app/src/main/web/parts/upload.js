// Stores files that are dropped or chosen, with their progress.

import { get, segments } from "../lib/api.js";
import { bytes } from "../lib/format.js";
import { html, useRef, useState } from "../lib/html.js";

export function Upload({ folder, done }) {
  const [files, setFiles] = useState([]);
  const [over, setOver] = useState(false);
  const input = useRef(null);
  const change = (name, part) => setFiles((all) => all.map((one) => (one.name === name ? { ...one, ...part } : one)));
  const start = async (chosen) => {
    setFiles(chosen.map((file) => ({ name: file.name, size: file.size, sent: 0, words: "" })));
    for (const file of chosen) {
      try {
        await send(folder + file.name, file, (sent) => change(file.name, { sent }));
        change(file.name, { sent: file.size, words: "stored" });
      } catch (error) {
        change(file.name, { words: error.message, failed: true });
      }
    }
    done();
  };
  const drop = (event) => {
    event.preventDefault();
    setOver(false);
    start([...event.dataTransfer.files]);
  };
  const drag = (event) => {
    event.preventDefault();
    setOver(event.type === "dragover");
  };
  return html`<div class="drop" data-over=${over || undefined} onDragOver=${drag} onDragLeave=${drag} onDrop=${drop}>
    Drop files here to store them under <b>${folder}</b>, or <button class="plain link" onClick=${() => input.current.click()}>choose them</button>
    <input class="hidden" type="file" multiple ref=${input} aria-label="Files to store" onChange=${(event) => start([...event.target.files])} />
    ${files.map(
      ({ name, size, sent, words, failed }) => html`<div class="row sending" key=${name} role="status">
        <span class=${failed ? "bad" : ""}>${name}</span><progress max=${size || 1} value=${sent} aria-label=${`${name}, ${bytes(sent)} of ${bytes(size)}`} />
        <span class=${failed ? "bad" : "soft"}>${words || `${bytes(sent)} of ${bytes(size)}`}</span>
      </div>`,
    )}
  </div>`;
}

/** Asks the master which node takes the value and sends it there: a redirect would send a large file twice. */
async function send(key, file, progress) {
  const { node } = await get(`/get_node/${segments(key.replace(/^\//, ""))}`);
  return new Promise((stored, refused) => {
    const sending = new XMLHttpRequest();
    sending.open("PUT", node);
    sending.upload.onprogress = ({ loaded }) => progress(loaded);
    sending.onload = () => (sending.status < 300 ? stored() : refused(new Error(messageOf(sending))));
    sending.onerror = () => refused(new Error(`The node can't be reached from this browser: ${new URL(node).origin}`));
    sending.send(file);
  });
}

function messageOf(answer) {
  try {
    return JSON.parse(answer.responseText).msg;
  } catch {
    return `The node answered ${answer.status}.`;
  }
}
