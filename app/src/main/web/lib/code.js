// A launch as code.

import { segments } from "./api.js";

const forShell = (text) => `'${text.replace(/'/g, "'\\''")}'`;

export function curlOf(origin, path, parameters) {
  return `curl -X POST -d ${forShell(JSON.stringify(parameters))} \\\n  ${forShell(`${origin}/launch_job/${segments(path)}?wait=60s`)}`;
}

export function pythonOf(origin, path, parameters) {
  return [
    "import requests",
    "",
    "answer = requests.post(",
    `    ${forPython(`${origin}/launch_job/${segments(path)}`)},`,
    "    params={'wait': '60s'},",
    `    json=${forPython(parameters)},`,
    ")",
    "answer.raise_for_status()",
    "print(answer.json()['data'])",
  ].join("\n");
}

/** A JSON value as Python writes it. */
export function forPython(value) {
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (typeof value === "string") return `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
  if (Array.isArray(value)) return `[${value.map(forPython).join(", ")}]`;
  if (typeof value === "object") return `{${Object.entries(value).map(([name, inner]) => `${forPython(name)}: ${forPython(inner)}`).join(", ")}}`;
  return String(value);
}
