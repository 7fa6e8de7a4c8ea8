// What keys do, on every page.

/** Shown by `?`. */
export const SHORTCUTS = [
  ["?", "this list"],
  ["/", "search on this page"],
  ["Ctrl K or ⌘ K", "go anywhere, start any script"],
  ["g then o", "Overview"],
  ["g then s", "Scripts"],
  ["g then r", "Runs"],
  ["g then c", "Schedules"],
  ["g then k", "Keys"],
  ["g then n", "Nodes"],
  ["j and k", "the next and the previous line of a list"],
  ["Enter", "open the line"],
  ["Esc", "close what is open"],
];

const PLACES = { o: "#/", s: "#/scripts", r: "#/runs", c: "#/schedules", k: "#/keys", n: "#/nodes" };
let going = 0;

/** What a key press means: `palette`, `help`, `search`, a place, or nothing. */
export function shortcutOf(event, now = Date.now()) {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return "palette";
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return null;
  const went = now - going < 1500;
  going = 0;
  if (went && PLACES[event.key]) return PLACES[event.key];
  if (event.key === "g") going = now;
  if (event.key === "?") return "help";
  if (event.key === "/") return "search";
  return null;
}

/** Whether keys are text where they go to. */
export function typing(target) {
  return Boolean(target?.closest?.("input, textarea, select, [contenteditable], dialog"));
}
