// The form of a script, read from what its docstring says under `Arguments:`.
//
//   {"password": "secret"}   {"number": "int, 0 to 1000"}   {"ending": "succeed | fail"}   {"text": "str", "limit": "int, 10 when missing"}

/** `[{name, type, secret, choices, least, most, fallback, required, hint}]`; null when it can't be read as a JSON object. */
export function fieldsOf(text) {
  if (!text || !text.trim()) return null;
  let described;
  try {
    described = JSON.parse(text);
  } catch {
    try {
      described = JSON.parse(text.replace(/'/g, '"'));
    } catch {
      return null;
    }
  }
  if (described === null || typeof described !== "object" || Array.isArray(described)) return null;
  return Object.entries(described).filter(([name]) => name !== "scheduled").map(([name, meaning]) => fieldOf(name, meaning));
}

/** The server stores and shows such a parameter as `***`. */
const SECRET = /^\s*secret\b[\s,]*/;
const MASK = "***";

function fieldOf(name, meaning) {
  const hint = typeof meaning === "string" ? meaning : JSON.stringify(meaning);
  if (typeof meaning === "string" && SECRET.test(meaning)) return { ...fieldOf(name, meaning.replace(SECRET, "") || "str"), hint, secret: true };
  const field = { name, type: typeOf(meaning), secret: false, choices: null, least: null, most: null, fallback: null, required: true, hint };
  if (typeof meaning !== "string") return { ...field, fallback: meaning, required: false };
  const choices = meaning.split("|").map((choice) => choice.trim());
  if (choices.length > 1 && choices.every((choice) => /^[\w .+-]+$/.test(choice)) && !choices.every((choice) => TYPES[choice.toLowerCase()])) {
    field.choices = choices;
    field.type = "text";
  }
  const span = /(-?\d+(?:\.\d+)?)\s*(?:to|-|\.\.)\s*(-?\d+(?:\.\d+)?)/.exec(meaning);
  if (span && (field.type === "whole" || field.type === "number")) [field.least, field.most] = [Number(span[1]), Number(span[2])];
  const fallback = /(?:^|[,;(\s])(?:default:?\s*|=\s*)([^\s,;)]+)|([^\s,;]+) (?:when missing|by default)/i.exec(meaning);
  if (fallback) [field.fallback, field.required] = [fallback[1] ?? fallback[2], false];
  if (/optional/i.test(meaning)) field.required = false;
  return field;
}

const TYPES = {
  int: "whole", integer: "whole", whole: "whole",
  float: "number", number: "number", double: "number", decimal: "number",
  bool: "truth", boolean: "truth",
  str: "text", string: "text", text: "text",
  list: "json", array: "json", dict: "json", object: "json", json: "json",
};

function typeOf(meaning) {
  if (typeof meaning === "number") return Number.isInteger(meaning) ? "whole" : "number";
  if (typeof meaning === "boolean") return "truth";
  if (typeof meaning === "object") return "json";
  const word = /^[a-z]+/i.exec(meaning.trim())?.[0].toLowerCase() ?? "";
  return TYPES[word] ?? "text";
}

/**
 * What was typed as the value of a field.
 *
 * @return `{value}`, `{missing: true}` where nothing was typed and nothing has to be, or `{problem}`
 */
export function valueOf(field, typed) {
  if (field.type === "truth") return { value: typed === true || typed === "true" };
  const text = String(typed ?? "");
  if (text === "") return field.required ? { problem: `${field.name} is needed` } : { missing: true };
  if (field.choices) return field.choices.includes(text) ? { value: text } : { problem: `one of ${field.choices.join(", ")}` };
  if (field.type === "whole" || field.type === "number") return numberOf(field, text.trim());
  if (field.type === "json") {
    try {
      return { value: JSON.parse(text) };
    } catch {
      return { problem: "JSON is needed, such as [1, 2] or {\"a\": 1}" };
    }
  }
  return { value: text };
}

function numberOf({ type, least, most }, text) {
  const form = type === "whole" ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
  if (!form.test(text)) return { problem: type === "whole" ? "a whole number is needed" : "a number is needed" };
  const value = Number(text);
  if (type === "whole" && !Number.isSafeInteger(value)) return { problem: "it is too large for this form: use the JSON form" };
  if (least !== null && (value < least || value > most)) return { problem: `from ${least} to ${most}` };
  return { value };
}

/** All fields together: `{parameters}` or `{problems: {name: problem}}`. */
export function parametersOf(fields, typed) {
  const parameters = {};
  const problems = {};
  for (const field of fields) {
    const read = valueOf(field, typed[field.name]);
    if (read.problem) problems[field.name] = read.problem;
    else if (!read.missing) parameters[field.name] = read.value;
  }
  return Object.keys(problems).length ? { problems } : { parameters };
}

/** What the form shows for parameters of an earlier run; null when they have what the form can't show. */
export function typedOf(fields, parameters) {
  const known = new Set(fields.map(({ name }) => name));
  if (!Object.keys(parameters).every((name) => known.has(name))) return null;
  return Object.fromEntries(
    fields
      .filter(({ name, secret }) => name in parameters && !(secret && parameters[name] === MASK))
      .map(({ name, type }) => [name, type === "truth" ? Boolean(parameters[name]) : typeof parameters[name] === "string" && type !== "json" ? parameters[name] : JSON.stringify(parameters[name])]),
  );
}
