import assert from "node:assert/strict";
import { test } from "node:test";
import { difference, shortened } from "../../main/web/lib/diff.js";
import { commented, continued, indented, outdented } from "../../main/web/lib/editing.js";
import { classOf, templates, wrongName } from "../../main/web/lib/templates.js";

/** A text with its selection marked by `|`, once or twice. */
const state = (marked) => {
  const [before, middle, after] = marked.split("|");
  return after === undefined
    ? { text: before + middle, from: before.length, to: before.length }
    : { text: before + middle + after, from: before.length, to: before.length + middle.length };
};
const marked = ({ text, from, to }) => (from === to ? `${text.slice(0, from)}|${text.slice(from)}` : `${text.slice(0, from)}|${text.slice(from, to)}|${text.slice(to)}`);

test("tab fills up to the next step, or moves all chosen lines", () => {
  assert.equal(marked(indented(state("ab|"))), "ab  |");
  assert.equal(marked(indented(state("|a\n\nb|\nc"))), "    |a\n\n    b|\nc");
  assert.equal(marked(outdented(state("|    a\n  b\n\tc|"))), "|a\nb\nc|");
  assert.equal(marked(outdented(state("  ab|"))), "ab|");
});

test("enter goes in behind a colon and out behind a return", () => {
  assert.equal(marked(continued(state("if x:|"))), "if x:\n    |");
  assert.equal(marked(continued(state("if x:  # why|"))), "if x:  # why\n    |");
  assert.equal(marked(continued(state("    a = 1|"))), "    a = 1\n    |");
  assert.equal(marked(continued(state("    return a|\nb"))), "    return a\n|\nb");
});

test("lines become notes and lines again", () => {
  const out = commented(state("|    a\n\n    b|"));
  assert.equal(out.text, "    # a\n\n    # b");
  assert.equal(commented({ text: out.text, from: 0, to: out.text.length }).text, "    a\n\n    b");
});

test("a difference leads from one text to the other, whatever they are", () => {
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let round = 0; round < 300; round++) {
    const text = () => Array.from({ length: random(12) }, () => "abc"[random(3)]).join("\n");
    const [before, after] = [text(), text()];
    const lines = difference(before, after);
    const side = (kind) => lines.filter((line) => line.kind !== kind).map((line) => line.text).join("\n");
    assert.equal(side("in"), before);
    assert.equal(side("out"), after);
    assert.deepEqual(lines.filter(({ now }) => now).map(({ now }) => now), after.split("\n").map((_, at) => at + 1));
  }
});

test("what did not change is the same, and what is far from changes is left out", () => {
  const before = Array.from({ length: 40 }, (_, at) => `line ${at}`);
  const after = before.toSpliced(20, 1, "another");
  const lines = difference(before.join("\n"), after.join("\n"));
  assert.deepEqual(lines.filter(({ kind }) => kind !== "same").map(({ kind, text }) => [kind, text]), [["out", "line 20"], ["in", "another"]]);
  assert.deepEqual(shortened(lines).map(({ kind }) => kind), ["gap", "same", "same", "same", "out", "in", "same", "same", "same", "gap"]);
});

test("a new file is named after what it holds", () => {
  assert.equal(classOf("reports/dailySales"), "Dailysales");
  assert.match(templates.jobs[1].make("a/word_count"), /class Word_count\(CoreJobs\)/);
  assert.equal(wrongName("jobs", "reports/über_sicht"), null);
  assert.match(wrongName("jobs", "reports/../x"), /letters/);
  assert.match(wrongName("extensions", "a/b"), /letter first/);
});
