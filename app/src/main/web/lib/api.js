// The one door to the server: every request of the page goes through here.

/** The server refused or can't be reached; `message` is for a person. */
export class ApiError extends Error {
  constructor(status, code, message, data) {
    super(message);
    this.status = status;
    this.code = code;
    this.data = data;
  }
}

const refused = new Set();
let csrf = null;

/** What the server wants to see again with every change of this session; null without a session. */
export function sendCsrf(token) {
  csrf = token;
}


/** Calls `listener` whenever the server asks who we are. */
export function onSignInNeeded(listener) {
  refused.add(listener);
  return () => refused.delete(listener);
}

/**
 * One request. Answers `{data, msg, headers}`; throws an ApiError otherwise.
 *
 * @param body an object is sent as JSON, anything else as it is
 */
export async function request(method, path, { body, headers = {}, signal } = {}) {
  const answer = await send(method, path, { body, headers, signal });
  const text = await answer.text();
  const envelope = envelopeIn(text, answer);
  if (!answer.ok) {
    throw new ApiError(answer.status, envelope?.code ?? "", envelope?.msg || `The server answered ${answer.status}.`, envelope?.data);
  }
  return { data: envelope ? envelope.data : text, msg: envelope?.msg ?? "", headers: answer.headers };
}

/** The same, whatever the answer is: a Response. Throws an ApiError only when there is none. */
export async function send(method, path, { body, headers = {}, signal } = {}) {
  const json = body !== undefined && body !== null && Object.getPrototypeOf(body) === Object.prototype;
  const own = csrf && method !== "GET" ? { "X-CSRF-Token": csrf } : {};
  try {
    const answer = await fetch(path, {
      method,
      signal,
      headers: json ? { "Content-Type": "application/json", ...own, ...headers } : { ...own, ...headers },
      body: json ? JSON.stringify(body) : body,
    });
    if (answer.status === 401) refused.forEach((listener) => listener());
    return answer;
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(0, "unreachable", "The server does not answer. It may be restarting; this page goes on by itself when it is back.");
  }
}

/** The JSON of an answer that is no envelope, with its `headers`: `/text` and `/nodes` answer as their originals did. */
export async function bare(method, path, { body, headers = {}, signal } = {}) {
  const answer = await send(method, path, { body, signal, headers: { Accept: "application/json", ...headers } });
  const text = await answer.text();
  const said = envelopeIn(text, answer);
  if (!answer.ok) throw new ApiError(answer.status, said?.code ?? "", said?.msg || said?.error || `The server answered ${answer.status}.`, null);
  return { data: said ?? text, headers: answer.headers };
}

function envelopeIn(text, answer) {
  if (!(answer.headers.get("Content-Type") ?? "").includes("json")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export const get = async (path, options) => (await request("GET", path, options)).data;
export const post = (path, body, options) => request("POST", path, { body, ...options });

/** Path segments and a query, each part encoded; parts that are empty are left out of the query. */
export function address(path, query = {}) {
  const chosen = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== "");
  const text = chosen.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
  return text ? `${path}?${text}` : path;
}

/** Encodes each segment of a script's path or of a key. */
export const segments = (path) => path.split("/").map(encodeURIComponent).join("/");
