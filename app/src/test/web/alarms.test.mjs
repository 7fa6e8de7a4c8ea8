import assert from "node:assert/strict";
import { test } from "node:test";
import { listOf, placeOf, receiverOf, ruleOf, standOf, tellsOf } from "../../main/web/lib/alarms.js";

test("a rule is said in one line", () => {
  assert.equal(tellsOf({ on: ["failure", "recovery"], late: null, waiting: null, every: null }), "failure, recovery");
  assert.equal(tellsOf({ on: [], late: "26h", waiting: "10m", every: "4h" }), "late 26h, waiting 10m; again every 4h");
});

test("names and addresses stand between commas or in lines", () => {
  assert.deepEqual(listOf(" a@x.y,b@x.y\n\n c@x.y "), ["a@x.y", "b@x.y", "c@x.y"]);
  assert.deepEqual(listOf(undefined), []);
});

test("what is left empty in a receiver's form stays as it is, but its body may be taken away", () => {
  assert.deepEqual(receiverOf({ kind: "webhook", webhook: "", body: "", renew: undefined }), { body: "" });
  assert.deepEqual(receiverOf({ kind: "webhook", webhook: "http://x/", body: "{}", renew: "on" }), { webhook: "http://x/", body: "{}", secret: "new" });
  assert.deepEqual(receiverOf({ kind: "mail", mail: "a@x.y\nb@x.y", webhook: "left over" }), { mail: ["a@x.y", "b@x.y"] });
});

test("a rule's form says all of the rule", () => {
  assert.deepEqual(ruleOf({ scripts: "", failure: "on", late: "", waiting: "10m", every: "", to: "ops, jane" }), { scripts: "**", on: ["failure"], waiting: "10m", to: ["ops", "jane"] });
});

test("a notice leads to its run, else to its schedule", () => {
  assert.deepEqual(placeOf({ job: 7, schedule: 3 }), ["runs", "7"]);
  assert.deepEqual(placeOf({ job: null, schedule: 3 }), ["schedules", "3"]);
  assert.equal(placeOf({ job: null, schedule: null }), null);
  assert.deepEqual(standOf("given_up"), ["given up", "failed"]);
  assert.deepEqual(standOf("else"), ["else", ""]);
});
