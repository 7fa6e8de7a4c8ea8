// Of a long list only the lines near the window are in the document, so that any length scrolls at once.

import { useEffect, useState } from "./html.js";

const BEYOND = 40;
const ALL = 150;

/**
 * @param count how many lines there are
 * @param height of each, in pixels
 * @param body a ref to the element that holds them
 * @return `[first, last]`, the lines to draw: from the first to before the last
 */
export function useListWindow(count, height, body) {
  const [top, setTop] = useState(0);
  useEffect(() => {
    let frame = 0;
    const look = () => {
      frame = 0;
      const above = body.current ? -body.current.getBoundingClientRect().top : 0;
      // A step of some lines, so that not each pixel draws anew.
      setTop(Math.max(0, Math.floor(above / height / 10) * 10));
    };
    const later = () => {
      frame ||= requestAnimationFrame(look);
    };
    addEventListener("scroll", later, { passive: true });
    addEventListener("resize", later);
    return () => {
      cancelAnimationFrame(frame);
      removeEventListener("scroll", later);
      removeEventListener("resize", later);
    };
  }, [height]);
  if (count <= ALL) return [0, count];
  const first = Math.max(0, Math.min(top, count) - BEYOND);
  return [first, Math.min(count, first + Math.ceil(innerHeight / height) + 2 * BEYOND + 10)];
}
