// All runs: found by what is known of them, live, a page at a time.

import { address, request } from "../lib/api.js";
import { count } from "../lib/format.js";
import { html, useCallback, useEffect, useMemo, useRef, useState } from "../lib/html.js";
import { useListKeys } from "../lib/list-keys.js";
import { useLoad, useNow, useSettled } from "../lib/load.js";
import { useMay } from "../lib/rights.js";
import { go, replaceQuery, toRun } from "../lib/router.js";
import { BulkActions } from "../parts/bulk-actions.js";
import { Empty } from "../parts/empty.js";
import { Failure } from "../parts/failure.js";
import { RunsFilter } from "../parts/runs-filter.js";
import { RunsTable } from "../parts/runs-table.js";
import { Top } from "../parts/top.js";

const EVERY = 2000;
const PAGE = 100;

/** In pixels: what is below the window is fetched before it is needed. */
const AHEAD = 2500;

const NONE = { pages: [], loading: false, error: null };

export default function Runs({ route, ...frame }) {
  const filter = useSettled(route.query, 150);
  const key = JSON.stringify(filter);
  const first = useLoad((signal) => page({ ...filter, after: "" }, signal), key, { every: EVERY });
  const [further, setFurther] = useState({ ...NONE, key });
  const [chosen, setChosen] = useState(new Set());
  const now = useNow();
  const may = useMay();
  const choosing = may("run") || may("operate");
  const older = further.key === key ? further : { ...NONE, key };
  const runs = useMemo(() => first.data && joined(first.data.runs, older.pages), [first.data, older.pages]);
  const next = older.pages.length ? older.pages.at(-1).next : first.data?.next;
  useEffect(() => setChosen(new Set()), [key]);

  const more = async () => {
    if (!next || older.loading) return;
    setFurther({ ...older, loading: true, error: null });
    try {
      const found = await page({ ...filter, after: next });
      setFurther({ key, pages: [...older.pages, found], loading: false, error: null });
    } catch (error) {
      setFurther({ ...older, loading: false, error });
    }
  };
  const end = useReached(more, runs?.length);
  const at = useListKeys(runs?.length ?? 0, (index) => go(toRun(runs[index].job_id)));
  const toggle = useCallback((id) => setChosen((before) => toggled(before, id)), []);
  const narrow = Object.values(route.query).some(Boolean);
  return html`<${Top} title="Runs" ...${frame} />
    <div class="body">
      <section class="panel flat w12" aria-label="Runs">
        <${RunsFilter} query=${route.query} change=${(change) => replaceQuery({ ...route.query, ...change })} />
        ${first.error && html`<${Failure} error=${first.error} again=${first.again} />`}
        ${choosing && html`<${BulkActions} runs=${(runs ?? []).filter((run) => chosen.has(run.job_id))} all=${runs ?? []} choose=${setChosen} done=${first.again} />`}
        <${RunsTable}
          runs=${runs}
          now=${now}
          rows=${16}
          at=${at}
          chosen=${chosen}
          toggle=${choosing && toggle}
          empty=${!next && html`<${Nothing} narrow=${narrow} />`}
        />
        <div class="more" ref=${end} role="status">
          ${older.error && html`<span class="bad">${older.error.message}</span>`}
          ${runs && html`<span>${count(runs.length, "run")}${next ? ", and older ones" : ""}</span>`}
          ${next && html`<button onClick=${more} disabled=${older.loading}>${older.loading ? "Looking …" : "Look further back"}</button>`}
        </div>
      </section>
    </div>`;
}

async function page(filter, signal) {
  const { data, headers } = await request("GET", address("/admin/all_jobs", { limit: PAGE, ...filter }), { signal });
  return { runs: data, next: nextOf(headers.get("Link")) };
}

/** The `after` of the next page in a Link header. */
export function nextOf(link) {
  const found = /[?&]after=(\d+)[^>]*>;\s*rel="next"/.exec(link ?? "");
  return found ? found[1] : null;
}

/** The newest page is loaded again and again; what it has moved down is in an older one already, or still missing there. */
export function joined(newest, pages) {
  const all = new Map();
  for (const run of [...newest, ...pages.flatMap(({ runs }) => runs)]) if (!all.has(run.job_id)) all.set(run.job_id, run);
  return [...all.values()].sort((one, other) => other.job_id - one.job_id);
}

function toggled(chosen, id) {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** Calls `reached` when somebody who scrolls comes near the end of the list, also when it has just grown. */
function useReached(reached, length) {
  const element = useRef(null);
  const newest = useRef(reached);
  newest.current = reached;
  useEffect(() => {
    const look = () => scrollY > 0 && element.current.getBoundingClientRect().top < innerHeight + AHEAD && newest.current();
    look();
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, [length]);
  return element;
}

function Nothing({ narrow }) {
  return narrow
    ? html`<${Empty} title="No run is like that">Take a word out of the search, or <a href="#/runs">show all runs</a>.<//>`
    : html`<${Empty} title="Nothing has run yet">Choose one of the <a href="#/scripts">scripts</a> and launch it.<//>`;
}
