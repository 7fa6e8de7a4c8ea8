import assert from "node:assert/strict";
import { test } from "node:test";
import { curlOf, forPython, pythonOf } from "../../main/web/lib/code.js";
import { cronWords } from "../../main/web/lib/cron.js";
import { csvRows } from "../../main/web/lib/csv.js";
import { levelOf, question } from "../../main/web/lib/keys.js";
import { LogText, MOST_LINES, isError } from "../../main/web/lib/log-text.js";
import { matching } from "../../main/web/lib/match.js";
import { coloured, linesNamed } from "../../main/web/lib/python-words.js";
import { planWords } from "../../main/web/lib/schedule-words.js";

test("cron expressions are told in words", () => {
  const cases = {
    "0 9 * * MON-FRI": "at 09:00, Monday to Friday",
    "* * * * *": "every minute",
    "*/5 * * * *": "every 5 minutes",
    "0 * * * *": "every hour",
    "30 2 1 1 *": "at 02:30, on day 1 of the month, in January",
    "15 */4 * * 0": "every 4 hours at minute 15, Sunday",
    "@daily": "at 00:00",
  };
  for (const [expression, words] of Object.entries(cases)) assert.equal(cronWords(expression), words);
  assert.equal(cronWords("0 9 *"), null);
});

test("plans are told in words", () => {
  assert.equal(planWords({ interval: "minutes", time_unit: 5, repeat: 1 }), "every 5 minutes");
  assert.equal(planWords({ interval: "hours", time_unit: "1", repeat: 0 }), "once, after an hour");
  assert.equal(planWords({ cron: "0 9 * * *", timezone: "UTC" }), "at 09:00 (UTC)");
});

test("a launch as code can't be broken by what is in it", () => {
  assert.match(curlOf("http://h", "a/b c", { x: "it's" }), /'\{"x":"it'\\''s"\}'/);
  assert.match(curlOf("http://h", "a/b c", {}), /launch_job\/a\/b%20c/);
  assert.equal(forPython({ a: [true, null, "it's \"x\"\n"] }), `{'a': [True, None, 'it\\'s "x"\\n']}`);
  assert.match(pythonOf("http://h", "a", { n: 5 }), /json=\{'n': 5\}/);
});

test("CSV has quotes, other separators and lines in cells", () => {
  assert.deepEqual(csvRows('a,b\r\n"1,2","x ""y"""\r\n', 10), [["a", "b"], ["1,2", 'x "y"']]);
  assert.deepEqual(csvRows("a;b\n1;2", 10), [["a", "b"], ["1", "2"]]);
  assert.deepEqual(csvRows('"two\nlines"', 10), [["two\nlines"]]);
  assert.equal(csvRows("a\n".repeat(50), 10).length, 10);
});

test("keys of one level show their folders once", () => {
  const keys = ["/a/b/c", "/a/b/d", "/a/e"].map((key) => ({ key }));
  assert.deepEqual(levelOf(keys, "/a/").folders, [{ name: "b/", count: 2 }]);
  assert.deepEqual(levelOf(keys, "/a/").values.map(({ name }) => name), ["e"]);
});

test("days of a search for keys begin and end here", () => {
  const asked = question({ prefix: "/a", text: "b", first: "2026-11-01", last: "2026-11-02" });
  assert.equal(asked.since, new Date(2026, 10, 1).toISOString());
  assert.equal(asked.until, new Date(2026, 10, 2, 23, 59, 59, 999).toISOString());
  assert.equal(question({ prefix: "/", first: "soon" }).since, "soonT00:00:00");
  assert.equal(question({ prefix: "/" }).until, undefined);
});

test("what begins with the typed text comes first", () => {
  const things = ["x/report", "report/daily", "other"];
  assert.deepEqual(matching(things, "report", (thing) => thing), ["report/daily", "x/report"]);
  assert.deepEqual(matching(things, "daily rep", (thing) => thing), ["report/daily"]);
  assert.deepEqual(matching(things, "", (thing) => thing), things);
});

test("Python is coloured without losing a character", () => {
  const source = 'def f(x):  # note "no text"\n    """doc\n    string"""\n    return f\'a # b\' + "\\"" if x else None\n';
  const lines = coloured(source);
  assert.equal(lines.map((parts) => parts.map(({ text }) => text).join("")).join("\n"), source);
  assert.deepEqual(lines[0].filter(({ kind }) => kind).map(({ kind }) => kind), ["word", "note"]);
  assert.ok(lines[1].some(({ kind }) => kind === "text") && lines[2].some(({ kind }) => kind === "text"));
});

test("a traceback names the lines of its script", () => {
  assert.deepEqual(linesNamed('File "scan/inbox.py", line 31, in execute', "scan/inbox"), [31]);
  assert.deepEqual(linesNamed("a/fails.py:3 in execute", "a/fails"), [3]);
  assert.deepEqual(linesNamed(null, "a"), []);
});

test("a log is bounded, searched without its colours, and knows errors", () => {
  const log = new LogText();
  log.add("one\n\u001b[31mTwo\u001b[0m\n");
  assert.deepEqual(log.holding("two"), [1]);
  log.add("x\n".repeat(MOST_LINES * 1.2));
  assert.equal(log.lines.length, MOST_LINES);
  assert.ok(log.dropped > 0);
  assert.ok(isError("KeyError: 'invoice'") && isError("Traceback (most recent call last):") && !isError("all fine: yes"));
});
