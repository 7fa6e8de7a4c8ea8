// Loads what a page shows and keeps it fresh while somebody looks.

import { useCallback, useEffect, useRef, useState } from "./html.js";

/**
 * Loads by `load(signal)`, again when `key` changes and every `every` milliseconds while the page is visible.
 * What was loaded stays while it is loaded anew, so nothing jumps; a failure is shown beside it.
 *
 * @return {{data, error, again: function(): void}} `data` is undefined until the first answer
 */
export function useLoad(load, key, { every = 0 } = {}) {
  const [state, setState] = useState({ key: undefined, data: undefined, error: null });
  const [round, setRound] = useState(0);
  const newest = useRef(load);
  newest.current = load;
  useEffect(() => {
    const stop = new AbortController();
    let timer = 0;
    async function once() {
      clearTimeout(timer);
      try {
        const data = await newest.current(stop.signal);
        if (!stop.signal.aborted) setState({ key, data, error: null });
      } catch (error) {
        if (stop.signal.aborted) return;
        setState((before) => ({ key, data: before.key === key ? before.data : undefined, error }));
      }
      if (every && !stop.signal.aborted && !document.hidden) timer = setTimeout(once, every);
    }
    const shown = () => !document.hidden && every && once();
    document.addEventListener("visibilitychange", shown);
    once();
    return () => {
      stop.abort();
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", shown);
    };
  }, [key, every, round]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const stale = state.key !== key;
  return { data: stale ? undefined : state.data, error: stale ? null : state.error, again };
}

/** A time that moves on, so that "12 s ago" stays true. */
export function useNow(every = 1000) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** The newest value, once it has been still for a moment: for what is searched while somebody types. */
export function useSettled(value, milliseconds = 200) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
