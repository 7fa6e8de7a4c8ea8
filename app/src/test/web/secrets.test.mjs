import assert from "node:assert/strict";
import { test } from "node:test";
import { KINDS, placeOf, problemsOf } from "../../main/web/lib/secrets.js";

test("names, folders and values are checked before they are sent", () => {
  const right = { name: "DB_PASSWORD", folder: "finance/reports", value: "x" };
  assert.equal(problemsOf(right), null);
  assert.equal(problemsOf({ ...right, folder: "" }), null);
  for (const name of ["", "db", "1A", "A-B", "A B"]) assert.ok(problemsOf({ ...right, name }).name, name);
  for (const folder of ["/a", "a/", "a//b", "..", "a b"]) assert.ok(problemsOf({ ...right, folder }).folder, folder);
  assert.ok(problemsOf({ ...right, value: "" }).value);
});

test("a place has its folder in the query, and none for all scripts", () => {
  assert.equal(placeOf(KINDS.secrets, { name: "A", folder: "a/b" }), "/admin/secrets/A?folder=a%2Fb");
  assert.equal(placeOf(KINDS.variables, { name: "A", folder: "" }), "/admin/variables/A");
});
