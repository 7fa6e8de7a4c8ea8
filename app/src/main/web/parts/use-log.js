// Reads a run's log: what there is, then each line as it comes. A lost connection goes on where it was.

import { useEffect, useRef, useState } from "../lib/html.js";
import { LogText } from "../lib/log-text.js";

/** @return `{text, size, ended, broken}`; `size` grows with the text, at most once for each frame that is painted */
export function useLog(id) {
  const text = useRef(null);
  const [state, setState] = useState({ size: 0, ended: false, broken: false });
  if (text.current === null || text.current.id !== id) text.current = Object.assign(new LogText(), { id });
  useEffect(() => {
    const log = text.current;
    const source = new EventSource(`/admin/jobs/${id}/log?json=true`);
    let frame = 0;
    let size = 0;
    const paint = (change) => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setState((before) => ({ ...before, size, ...change })));
    };
    source.onmessage = ({ data }) => {
      log.add(JSON.parse(data));
      size += data.length;
      if (!frame) frame = requestAnimationFrame(() => ((frame = 0), setState((before) => ({ ...before, size, broken: false }))));
    };
    source.addEventListener("end", () => {
      source.close();
      paint({ ended: true, broken: false });
    });
    source.onerror = () => paint({ broken: true });
    return () => {
      source.close();
      cancelAnimationFrame(frame);
    };
  }, [id]);
  return { text: text.current, ...state };
}
