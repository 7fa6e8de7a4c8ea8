import assert from "node:assert/strict";
import { test } from "node:test";
import { overwritten, plain, styled } from "../../main/web/lib/ansi.js";

test("a carriage return writes over the line", () => {
  assert.equal(overwritten("1 of 3\r2 of 3\r3 of 3"), "3 of 3");
  assert.equal(overwritten("long text\rshort"), "shorttext");
  assert.equal(overwritten("done\r"), "done");
  assert.equal(overwritten("\r\r"), "");
});

test("colours become classes and end where they end", () => {
  assert.deepEqual(styled("a \u001b[1;31mred\u001b[0m b"), [
    { text: "a ", classes: "" },
    { text: "red", classes: "a1 c1" },
    { text: " b", classes: "" },
  ]);
  assert.deepEqual(styled("\u001b[38;5;196mx\u001b[39my"), [
    { text: "x", classes: "c1" },
    { text: "y", classes: "" },
  ]);
  assert.equal(styled("\u001b[38;2;0;255;0mx")[0].classes, "c2");
  assert.equal(styled("\u001b[42mx\u001b[49my")[0].classes, "b2");
});

test("other codes are left out, and broken ones harm nothing", () => {
  assert.equal(plain("\u001b[2K\u001b[1Ga\u001b]0;title\u0007b"), "ab");
  assert.equal(styled("\u001b[").map(({ text }) => text).join(""), "");
  assert.equal(styled("\u001b[999mx").at(-1).text, "x");
});
