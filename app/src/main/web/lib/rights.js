// What the person who looks may do. The server decides, and refuses whatever it did not allow here.

import { get, sendCsrf } from "./api.js";
import { createContext, useContext } from "./html.js";

/** Everything that the page asks about; see docs/page.md. */
export const RIGHTS = ["view", "run", "operate", "write_scripts", "read_data", "write_data", "administer"];

export const Rights = createContext({ who: null, signedIn: true, rights: new Set(), grants: [], provider: null, password: false });

/** What the server says about who looks. */
export async function fetchRights(signal) {
  const { name, open, rights, grants, csrf, provider, password } = await get("/access/me", { signal });
  sendCsrf(csrf);
  return { who: open ? null : name, signedIn: open || rights.length > 0, rights: new Set(rights), grants, provider, password };
}

/** `const may = useMay(); if (may("run")) …` */
export function useMay() {
  const { rights } = useContext(Rights);
  return (right) => rights.has(right);
}
