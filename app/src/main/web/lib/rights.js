// What the person who looks may do. The server decides, and refuses whatever it did not allow here.

import { get } from "./api.js";
import { createContext, useContext } from "./html.js";

/** Everything that the page asks about; see docs/page.md. */
export const RIGHTS = ["read", "run", "write scripts", "write keys", "operate"];

export const Rights = createContext({ who: null, rights: new Set() });

/** What the server says about who looks. */
export async function fetchRights(signal) {
  const { who, rights } = await get("/admin/me", { signal });
  return { who, rights: new Set(rights) };
}

/** `const may = useMay(); if (may("run")) …` */
export function useMay() {
  const { rights } = useContext(Rights);
  return (right) => rights.has(right);
}
