import assert from "node:assert/strict";
import { test } from "node:test";
import { bytes, count, duration, line, moment, relative } from "../../main/web/lib/format.js";

test("lengths of time are written as people say them", () => {
  const cases = [[0, "0 ms"], [210, "210 ms"], [999, "999 ms"], [1900, "1.9 s"], [12_400, "12 s"], [60_000, "1 min"], [185_000, "3 min 5 s"], [7_800_000, "2 h 10 min"], [90_000_000, "1 d 1 h"], [null, "–"], [-5, "0 ms"]];
  for (const [milliseconds, words] of cases) assert.equal(duration(milliseconds), words);
});

test("times near now are told from now", () => {
  const now = Date.parse("2026-11-21T12:00:00Z");
  assert.equal(relative(now - 12_000, now), "12 s ago");
  assert.equal(relative(now - 3_000, now), "3 s ago");
  assert.equal(relative(now + 125_000, now), "in 2 min");
  assert.equal(relative(now, now), "now");
  assert.match(relative(now - 3 * 86_400_000, now), /^2026-11-18 /);
  assert.equal(relative(null, now), "–");
});

test("times of the API are read, and what is none is null", () => {
  assert.equal(moment("2026-11-21 07:40:00+00:00"), Date.parse("2026-11-21T07:40:00Z"));
  for (const text of ["na", "", null, undefined, "soon"]) assert.equal(moment(text), null);
});

test("sizes have powers of 1024", () => {
  assert.deepEqual([0, 1023, 1024, 1536, 100 * 1024 * 1024, null].map(bytes), ["0 bytes", "1023 bytes", "1 KB", "1.5 KB", "100 MB", "–"]);
});

test("counts have their word, lines are cut", () => {
  assert.deepEqual([count(1, "run"), count(1200, "run")], ["1 run", "1,200 runs"]);
  assert.equal(line("one\ntwo"), "one");
  assert.equal(line("x".repeat(20), 5), "xxxxx…");
});
