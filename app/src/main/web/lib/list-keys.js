// j and k go through a list, Enter opens a line.

import { useEffect, useRef, useState } from "./html.js";
import { typing } from "./shortcuts.js";

/** The index of the line that the keys chose; -1 before the first press. */
export function useListKeys(length, open) {
  const [at, setAt] = useState(-1);
  const newest = useRef({});
  newest.current = { at, length, open };
  useEffect(() => {
    const pressed = (event) => {
      const { at, length, open } = newest.current;
      if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { j: 1, k: -1 }[event.key];
      if (step) setAt(Math.min(length - 1, Math.max(0, at + step)));
      else if (event.key === "Enter" && at >= 0 && at < length && !event.target.closest("a, button")) open(at);
    };
    addEventListener("keydown", pressed);
    return () => removeEventListener("keydown", pressed);
  }, []);
  useEffect(() => document.querySelector("tr[aria-current]")?.scrollIntoView({ block: "nearest" }), [at]);
  return at;
}
