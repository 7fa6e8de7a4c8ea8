import assert from "node:assert/strict";
import { test } from "node:test";
import { address, segments } from "../../main/web/lib/api.js";
import { parse, to, toScript } from "../../main/web/lib/links.js";
import { shortcutOf } from "../../main/web/lib/shortcuts.js";

test("links lead back to where they were made", () => {
  for (const path of [["runs", "12"], ["scripts", "a b", "c%/d?x#y"], ["scripts", "<script>"]]) {
    assert.deepEqual(parse(to(path, { text: "a&b=c", none: "" })), { path, query: { text: "a&b=c" } });
  }
  assert.equal(toScript("a/b"), "#/scripts/a/b");
  assert.deepEqual(parse(""), { path: [], query: {} });
  assert.deepEqual(parse("#/runs/%zz"), { path: ["runs", "%zz"], query: {} });
});

test("addresses encode what they carry", () => {
  assert.equal(address("/x", { a: "1 2", b: "", c: undefined, d: "&" }), "/x?a=1%202&d=%26");
  assert.equal(segments("a b/c#d"), "a%20b/c%23d");
});

test("keys mean something only outside of fields", () => {
  const key = (name, more = {}) => ({ key: name, target: { closest: () => null }, ...more });
  assert.equal(shortcutOf(key("k", { ctrlKey: true })), "palette");
  assert.equal(shortcutOf(key("?")), "help");
  assert.equal(shortcutOf(key("/", { target: { closest: () => ({}) } })), null);
  assert.equal(shortcutOf(key("g"), 1000), null);
  assert.equal(shortcutOf(key("r"), 1500), "#/runs");
  shortcutOf(key("g"), 5000);
  assert.equal(shortcutOf(key("r"), 9000), null);
});
