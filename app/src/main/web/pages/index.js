// Which page is where. A page's file is fetched when somebody goes there.

import * as overview from "./overview.js";

const lazy = (fetch) => {
  let known;
  return () => (known ??= fetch().then((module) => module.default).catch((failure) => {
    known = undefined;
    throw failure;
  }));
};
/** `needs`: the right without which nothing there can be seen. `under`: the page of the menu that it belongs to. */
const place = (name, title, load, { deep = null, under = null, shown = !under, needs = null } = {}) => ({
  name,
  menu: under ?? name,
  title,
  shown,
  needs,
  load: lazy(load),
  deep: deep && { name, menu: under ?? name, title, load: lazy(deep), key: (route) => route.path.join("/") },
  key: () => name,
});

export const pages = [
  place("", "Overview", () => Promise.resolve(overview)),
  place("scripts", "Scripts", () => import("./scripts.js"), { deep: () => import("./script.js") }),
  place("extensions", "Extensions", () => import("./missing.js"), { deep: () => import("./extension.js"), under: "scripts" }),
  place("edit", "Edit", () => import("./edit.js"), { deep: () => import("./edit.js"), under: "scripts" }),
  place("runs", "Runs", () => import("./runs.js"), { deep: () => import("./run.js") }),
  place("schedules", "Schedules", () => import("./schedules.js"), { deep: () => import("./schedule.js") }),
  place("keys", "Keys", () => import("./keys.js")),
  place("records", "Records", () => import("./records.js")),
  place("secrets", "Secrets", () => import("./secrets.js"), { needs: "write_scripts" }),
  place("alarms", "Alarms", () => import("./alarms.js"), { needs: "administer" }),
  place("nodes", "Nodes", () => import("./nodes.js"), { deep: () => import("./node.js") }),
  place("settings", "Settings", () => import("./settings.js")),
  place("access", "Access", () => import("./access.js"), { needs: "administer" }),
  place("audit", "Audit", () => import("./audit.js"), { needs: "administer" }),
  place("account", "Account", () => import("./account.js"), { shown: false }),
];

const missing = { name: "-", menu: "-", title: "Not found", load: lazy(() => import("./missing.js")), key: () => "-" };

/** Those that somebody finds who has these rights. */
export const pagesFor = (may) => pages.filter(({ shown, needs }) => shown && (!needs || may(needs)));

/** The page of a path: the list, or the one thing behind it. */
export function pageOf(path) {
  const page = pages.find(({ name }) => name === (path[0] ?? ""));
  if (!page) return missing;
  return path.length > 1 && page.deep ? page.deep : page;
}
