// Lints Python files and checks their formatting with Ruff, compiled to WebAssembly.
//
//   node lint.mjs [--fix] FILE-OR-FOLDER...
//
// Prints `file:line:column: rule message` for each finding and ends with 1 when there was any.
// With --fix it applies the formatting and the fixes that Ruff offers, and reports what is left.

import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-nodejs";
import { parse } from "smol-toml";

const project = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const settings = parse(readFileSync(join(project, "ruff.toml"), "utf8"));
// What the settings exclude is not for this Ruff: it reads Python 3.
const excluded = (settings["extend-exclude"] ?? []).map((path) => join(project, path));
const workspace = new Workspace(settings, PositionEncoding.Utf16);

function pythonFiles(path) {
  if (excluded.includes(resolve(path))) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.name !== "__pycache__" && entry.name !== "node_modules")
    .flatMap((entry) => (entry.isDirectory() ? pythonFiles(join(path, entry.name)) : join(path, entry.name)))
    .filter((file) => file.endsWith(".py"))
    .sort();
}

/** Applies the fixes that do not overlap, last first so that earlier positions stay true. */
function fixed(source, findings) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = ({ row, column }) => starts[row - 1] + column - 1;
  const edits = findings
    .flatMap((finding) => finding.fix?.edits ?? [])
    .map((edit) => [offset(edit.location), offset(edit.end_location), edit.content ?? ""])
    .sort((one, other) => other[0] - one[0]);
  let limit = source.length + 1;
  for (const [start, end, content] of edits) {
    if (end > limit || (start === limit && end === limit)) continue;
    source = source.slice(0, start) + content + source.slice(end);
    limit = start;
  }
  return source;
}

function repair(file) {
  const before = readFileSync(file, "utf8");
  let source = before;
  for (let round = 0; round < 5; round++) {
    const next = fixed(source, workspace.check(source));
    if (next === source) break;
    source = next;
  }
  source = workspace.format(source);
  if (source !== before) writeFileSync(file, source);
}

function report(file) {
  const source = readFileSync(file, "utf8");
  const name = relative(process.cwd(), file);
  const findings = workspace.check(source);
  for (const { code, message, start_location: { row, column } } of findings) {
    console.log(`${name}:${row}:${column}: ${code ?? "syntax"} ${message}`);
  }
  if (findings.some((finding) => finding.code === null || finding.code === "invalid-syntax")) return findings.length;
  const formatted = workspace.format(source);
  if (formatted === source) return findings.length;
  const lines = source.split("\n");
  const line = formatted.split("\n").findIndex((text, at) => text !== lines[at]);
  console.log(`${name}:${line < 0 ? lines.length : line + 1}:1: format not formatted: tools/check-python --fix`);
  return findings.length + 1;
}

const options = process.argv.slice(2);
const files = options.filter((option) => option !== "--fix").flatMap(pythonFiles);
if (options.includes("--fix")) files.forEach(repair);
const findings = files.map(report).reduce((sum, count) => sum + count, 0);
console.log(`Python lint: ${files.length} files, ${findings} findings`);
process.exit(findings ? 1 : 0);
