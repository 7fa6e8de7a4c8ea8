// A live log: only the lines in view are in the document, so a log of any length scrolls at once.

import { styled, plain } from "../lib/ansi.js";
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from "../lib/html.js";
import { isError } from "../lib/log-text.js";
import { useSettled } from "../lib/load.js";
import { useLog } from "./use-log.js";

const HEIGHT = 20;
const BEYOND = 30;

/** With `wrap` lines have many heights: then all lines in view are measured by the browser, and only the last ones are shown. */
const MOST_WRAPPED = 2000;

export function Log({ id, live }) {
  const { text, size, ended, broken } = useLog(id, live);
  const [follow, setFollow] = useState(true);
  const [wrap, setWrap] = useState(false);
  const [wanted, setWanted] = useState("");
  const [match, setMatch] = useState(0);
  const [view, setView] = useState({ top: 0, height: 600 });
  const box = useRef(null);
  const search = useSettled(wanted);
  const found = useMemo(() => (search ? text.holding(search) : []), [search, size]);

  const scrolled = () => {
    const { scrollTop, clientHeight, scrollHeight } = box.current;
    setView({ top: scrollTop, height: clientHeight });
    setFollow(scrollHeight - scrollTop - clientHeight < HEIGHT * 2);
  };
  useLayoutEffect(() => {
    if (follow && !search) box.current.scrollTop = box.current.scrollHeight;
  }, [size, wrap, follow]);
  useEffect(() => {
    if (found.length) show(box.current, found[match % found.length], wrap, text.lines.length);
  }, [found.length > 0 && found[match % found.length], search]);

  const first = wrap ? Math.max(0, text.lines.length - MOST_WRAPPED) : Math.max(0, Math.floor(view.top / HEIGHT) - BEYOND);
  const last = wrap ? text.lines.length : Math.min(text.lines.length, Math.ceil((view.top + view.height) / HEIGHT) + BEYOND);
  const here = found.length ? found[match % found.length] : -1;
  const keys = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    setMatch((before) => (before + (event.shiftKey ? -1 : 1) + found.length) % Math.max(1, found.length));
  };
  const typed = (event) => {
    setWanted(event.target.value);
    setMatch(0);
  };
  const tools = html`<div class="filters logtools">
    <input type="search" placeholder="Search the log" aria-label="Search the log" value=${wanted} onInput=${typed} onKeyDown=${keys} />
    ${search && html`<span class="soft nowrap small" role="status">${found.length ? `${(match % found.length) + 1} of ${found.length}` : "not found"}</span>`}
    <button class="plain" aria-pressed=${follow} onClick=${() => setFollow(!follow)} title="Stay at the end">follow</button>
    <button class="plain" aria-pressed=${wrap} onClick=${() => setWrap(!wrap)} title="Break long lines">wrap</button>
    <a class="button plain" href=${`/admin/jobs/${id}/log`} download=${`run-${id}.log`}>download</a>
  </div>`;
  return html`${tools}<div class=${wrap ? "log wrapped" : "log whole"} ref=${box} onScroll=${scrolled} tabindex="0" role="log" aria-label="Log" aria-live="off">
    ${text.lines.length === 0 && html`<div class="empty">${emptyWords(live, ended, broken)}</div>`}
    <div style=${{ height: wrap ? undefined : `${text.lines.length * HEIGHT + 16}px` }}>
      <div class="lines" style=${{ top: `${(wrap ? 0 : first * HEIGHT) + 8}px` }}>
        ${text.lines.slice(first, last).map((line, at) => html`<${Line} key=${first + at} n=${text.dropped + first + at + 1} line=${line} search=${search} here=${first + at === here} />`)}
      </div>
    </div>
  </div>`;
}

function emptyWords(live, ended, broken) {
  if (broken) return "The log can't be read now; it goes on by itself when the server is back.";
  return live && !ended ? "Nothing was written yet. It shows up here as it comes." : "It wrote nothing.";
}

function show(box, index, wrap, lines) {
  if (wrap) box.querySelector("[data-here]")?.scrollIntoView({ block: "center" });
  else box.scrollTop = Math.min(index, lines) * HEIGHT - box.clientHeight / 2;
}

function Line({ n, line, search, here }) {
  const parts = styled(line);
  return html`<p data-n=${n} data-here=${here || undefined} class=${isError(line) ? "bad" : ""}>
    ${search && plain(line).toLowerCase().includes(search.toLowerCase()) ? marked(plain(line), search) : parts.map(({ text, classes }) => (classes ? html`<span class=${classes}>${text}</span>` : text))}
  </p>`;
}

/** A line with the found text marked; its colours give way to that. */
function marked(line, search) {
  const parts = [];
  const lower = line.toLowerCase();
  const wanted = search.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    parts.push(line.slice(from, at), html`<mark>${line.slice(at, at + wanted.length)}</mark>`);
    from = at + wanted.length;
  }
  return [...parts, line.slice(from)];
}
