// Where the page is: `#/runs/12?tab=log`. Links are plain links, so that they open in a new tab too.

import { useEffect, useState } from "./html.js";

/** `{path: ["runs", "12"], query: {tab: "log"}}` of a hash. */
export function parse(hash) {
  const text = hash.replace(/^#\/?/, "");
  const at = text.indexOf("?");
  const path = (at < 0 ? text : text.slice(0, at)).split("/").filter((part) => part !== "").map(decoded);
  const query = Object.fromEntries(new URLSearchParams(at < 0 ? "" : text.slice(at + 1)));
  return { path, query };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The link to a place. */
export function to(path, query = {}) {
  const chosen = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = new URLSearchParams(chosen).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text ? `?${text}` : ""}`;
}

export const toRun = (id) => to(["runs", String(id)]);
export const toScript = (path, query) => to(["scripts", ...path.split("/")], query);

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
