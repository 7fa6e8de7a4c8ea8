// The two kinds of records: where each is, and how it is read and written.

import { address, bare } from "./api.js";

const PAGE = 200;

export const kinds = {
  texts: {
    title: "Texts",
    one: "text",
    fresh: "A new text",
    page: async (prefix, after, signal) => {
      const { data } = await bare("GET", address("/text", { prefix, after, limit: PAGE }), { signal });
      return { rows: data.records.map(({ uid, version, size }) => ({ name: uid, version, size })), next: data.next };
    },
    read: async (name, signal) => {
      const { data, headers } = await bare("GET", placeOf.texts(name), { signal });
      const { value, lang, timestamp, check_sum: sum } = data;
      return { value, tag: headers.get("ETag"), facts: [["language", lang || "not known"], ["written", new Date(timestamp * 1000).toLocaleString()], ["check sum", String(sum)]] };
    },
    put: (name, value, headers) => bare("PUT", `${placeOf.texts(name)}?create=1`, { body: { value }, headers }),
    remove: (name, headers) => bare("DELETE", placeOf.texts(name), { headers }),
  },
  shared: {
    title: "Shared values",
    one: "shared value",
    fresh: "A new shared value",
    page: async (prefix, after, signal) => {
      const { data } = await bare("GET", address("/nodes/values", { prefix, after, limit: PAGE }), { signal });
      return { rows: data.data, next: data.next };
    },
    read: async (name, signal) => {
      const { data, headers } = await bare("GET", placeOf.shared(name), { signal, headers: { Accept: "*/*" } });
      return { value: data, tag: headers.get("ETag"), facts: [] };
    },
    put: (name, value, headers) => bare("PUT", placeOf.shared(name), { body: value, headers: { "Content-Type": "text/plain", ...headers } }),
    remove: (name, headers) => bare("DELETE", placeOf.shared(name), { headers }),
  },
};

const placeOf = {
  texts: (name) => `/text/${encodeURIComponent(name)}`,
  shared: (name) => `/nodes/values/${name.split("/").map(encodeURIComponent).join("/")}`,
};
