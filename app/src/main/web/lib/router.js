// Where the page is. Links are plain links, so that they open in a new tab too.

import { useEffect, useState } from "./html.js";
import { parse, to } from "./links.js";

export { to, toRun, toScript } from "./links.js";

export function go(link) {
  location.hash = link;
}

/** The same place with another query, without a step in the history. */
export function replaceQuery(query) {
  const { path } = parse(location.hash);
  history.replaceState(null, "", to(path, query));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

export function useRoute() {
  const [route, setRoute] = useState(() => parse(location.hash));
  useEffect(() => {
    const changed = () => setRoute(parse(location.hash));
    addEventListener("hashchange", changed);
    return () => removeEventListener("hashchange", changed);
  }, []);
  return route;
}
