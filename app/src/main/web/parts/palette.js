// Go anywhere by typing: pages, scripts, and runs by their number.

import { get } from "../lib/api.js";
import { html, useEffect, useMemo, useRef, useState } from "../lib/html.js";
import { useLoad } from "../lib/load.js";
import { matching } from "../lib/match.js";
import { useMay } from "../lib/rights.js";
import { go, to, toRun, toScript } from "../lib/router.js";
import { pagesFor } from "../pages/index.js";
import { Dialog } from "./dialog.js";

const MOST = 50;
const MANUAL = { label: "HTTP API", kind: "manual", link: "/docs", elsewhere: true };

export function Palette({ close }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const [hasty, setHasty] = useState(false);
  const scripts = useLoad((signal) => get("/admin/job_catalog", { signal }), "catalog");
  const may = useMay();
  const places = useMemo(() => [...pagesFor(may).map(asPlace), MANUAL, ...(scripts.data ?? []).map(asScript)], [scripts.data]);
  const found = useMemo(() => [...asRun(text), ...matching(places, text, (place) => place.label)].slice(0, MOST), [places, text]);
  const list = useRef(null);
  useEffect(() => list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" }), [chosen]);

  const open = (place) => {
    close();
    if (place.elsewhere) location.assign(place.link);
    else go(place.link);
  };
  const looking = !scripts.data && !scripts.error;
  // Who types a name and Enter before the scripts are here means the script all the same.
  useEffect(() => {
    if (hasty && !looking && found[chosen]) open(found[chosen]);
  }, [hasty, looking]);
  const pressed = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen((before) => (before + step + found.length) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (found[chosen]) open(found[chosen]);
      else setHasty(looking);
    }
  };
  const typed = (event) => {
    setText(event.target.value);
    setChosen(0);
    setHasty(false);
  };
  return html`<${Dialog} label="Go anywhere" className="palette" close=${close}>
    <input
      autofocus
      placeholder="A page, a script, or the number of a run"
      aria-label="Go anywhere"
      role="combobox"
      aria-expanded="true"
      aria-controls="found"
      aria-activedescendant=${found.length ? `found-${chosen}` : undefined}
      value=${text}
      onInput=${typed}
      onKeyDown=${pressed}
    />
    <ul id="found" role="listbox" ref=${list} aria-label="What was found">
      ${found.map(
        (place, at) =>
          html`<li id=${`found-${at}`} key=${place.link} role="option" aria-selected=${at === chosen} onClick=${() => open(place)}>
            <span>${place.label}</span><span>${place.kind}</span>
          </li>`,
      )}
      ${found.length === 0 && html`<li class="soft">${looking ? "Looking for it" : "Nothing is called so"}</li>`}
    </ul>
  <//>`;
}

const asPlace = ({ name, title }) => ({ label: title, kind: "page", link: to([name].filter(Boolean)) });
const asScript = ({ path }) => ({ label: path, kind: "script", link: toScript(path) });
const asRun = (text) => (/^#?\d{1,15}$/.test(text.trim()) ? [{ label: `Run ${text.trim().replace("#", "")}`, kind: "run", link: toRun(text.trim().replace("#", "")) }] : []);
