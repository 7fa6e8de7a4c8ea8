// Addresses of values.

import { segments } from "./api.js";

/** Where the value of `/path/to/key` is read; the master sends on to a node that has it. */
export const keyAddress = (key) => `/get_key/${segments(key.replace(/^\//, ""))}`;

/** The keys of one level: folders first, each once. */
export function levelOf(keys, prefix) {
  const folders = new Map();
  const values = [];
  for (const row of keys) {
    const rest = row.key.slice(prefix.length);
    const slash = rest.indexOf("/");
    if (slash < 0) values.push({ ...row, name: rest });
    else folders.set(rest.slice(0, slash + 1), (folders.get(rest.slice(0, slash + 1)) ?? 0) + 1);
  }
  return { folders: [...folders.entries()].map(([name, count]) => ({ name, count })), values };
}

/** What `/keys` is asked for a filter: days are those of this browser, the last one to its end. */
export function question({ prefix, text, first, last }) {
  return { prefix, text, since: first && moment(`${first}T00:00:00`), until: last && moment(`${last}T23:59:59.999`) };
}

/** What is no day stays as it is: the server says what it should have been. */
function moment(local) {
  const date = new Date(local);
  return Number.isNaN(date.getTime()) ? local : date.toISOString();
}

/** Whether keys are searched, and so shown with their whole names, not level by level. */
export const searching = ({ text, first, last }) => Boolean(text || first || last);
