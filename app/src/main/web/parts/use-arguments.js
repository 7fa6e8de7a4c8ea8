// What somebody fills in for a launch, and whether it can be sent.

import { fieldsOf, parametersOf, typedOf } from "../lib/arguments.js";
import { useMemo, useState } from "../lib/html.js";

/**
 * @param said what the docstring says under `Arguments:`
 * @param before parameters of an earlier run, as JSON text
 * @return `{fields, state, change, problems, read}`; `read()` answers the parameters, or null and shows what is wrong
 */
export function useArguments(said, before) {
  const fields = useMemo(() => fieldsOf(said), [said]);
  const [state, setState] = useState(() => startOf(fields, before));
  const [problems, setProblems] = useState({});
  const change = (part) => {
    setProblems({});
    setState((old) => {
      const next = { ...old, ...part };
      if (part.mode === "json" && old.mode === "form") next.json = jsonOf(fields, old.typed);
      if (part.mode === "form" && old.mode === "json") next.typed = typedFrom(fields, old.json) ?? old.typed;
      return next;
    });
  };
  const read = () => {
    const found = readOf(fields, state);
    setProblems(found.problems ?? {});
    return found.parameters ?? null;
  };
  return { fields, state, change, problems, read };
}

function startOf(fields, before) {
  const json = before && before !== "{}" ? pretty(before) : "{}";
  const typed = fields ? typedFrom(fields, json) : null;
  return { mode: fields && typed ? "form" : "json", typed: typed ?? {}, json };
}

function typedFrom(fields, json) {
  try {
    return typedOf(fields, JSON.parse(json));
  } catch {
    return null; // Half written JSON has no form; it is kept as it is.
  }
}

function jsonOf(fields, typed) {
  return JSON.stringify(parametersOf(fields, typed).parameters ?? partOf(fields, typed), null, 2);
}

/** Of a form with mistakes: the fields without. */
function partOf(fields, typed) {
  return Object.assign({}, ...fields.map((field) => parametersOf([field], typed).parameters ?? {}));
}

function readOf(fields, state) {
  if (fields && state.mode === "form") return parametersOf(fields, state.typed);
  try {
    const parameters = JSON.parse(state.json || "{}");
    const isObject = parameters !== null && typeof parameters === "object" && !Array.isArray(parameters);
    return isObject ? { parameters } : { problems: { json: "It must be an object: {\"name\": value}" } };
  } catch (error) {
    return { problems: { json: `This is no JSON: ${error.message}` } };
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
