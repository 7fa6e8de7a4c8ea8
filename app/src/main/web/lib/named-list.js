// A list that comes page by page: the first one is kept fresh, further ones are fetched when somebody asks.

import { address, request } from "./api.js";
import { useState } from "./html.js";
import { useLoad } from "./load.js";
import { attempt } from "../parts/toasts.js";

/** The value of `parameter` that the next page is asked for with, in a Link header. */
export function nextOf(link, parameter) {
  const found = new RegExp(`[?&]${parameter}=([^&>]+)[^>]*>;\\s*rel="next"`).exec(link ?? "");
  return found ? decodeURIComponent(found[1].replace(/\+/g, " ")) : null;
}

/** `{rows, next}` of one page. */
export async function pageOf(path, query, parameter, signal) {
  const { data, headers } = await request("GET", address(path, query), { signal });
  return { rows: data, next: nextOf(headers.get("Link"), parameter) };
}

/**
 * @param parameter by which a page says where it goes on
 * @return {{rows, next, error, again, more}} `rows` is undefined until the first answer
 */
export function useNamedList(path, { query = {}, parameter = "after", every = 0 } = {}) {
  const key = JSON.stringify([path, query]);
  const first = useLoad((signal) => pageOf(path, query, parameter, signal), key, { every });
  const [further, setFurther] = useState({ key, pages: [] });
  const pages = further.key === key ? further.pages : [];
  const next = (pages.at(-1) ?? first.data)?.next ?? null;
  const again = () => {
    setFurther({ key, pages: [] });
    first.again();
  };
  const more = () => attempt(async () => setFurther({ key, pages: [...pages, await pageOf(path, { ...query, [parameter]: next }, parameter)] }));
  return { rows: first.data && [first.data, ...pages].flatMap((page) => page.rows), next, error: first.error, again, more };
}
