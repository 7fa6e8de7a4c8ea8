import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldsOf, parametersOf, typedOf, valueOf } from "../../main/web/lib/arguments.js";

const only = (meaning) => fieldsOf(JSON.stringify({ x: meaning }))[0];

test("types, spans, choices and defaults are read from what scripts say", () => {
  assert.deepEqual([only("int, 0 to 1000").type, only("int, 0 to 1000").least, only("int, 0 to 1000").most], ["whole", 0, 1000]);
  assert.equal(only("float").type, "number");
  assert.equal(only("bool").type, "truth");
  assert.equal(only("list of str").type, "json");
  assert.deepEqual(only("succeed | fail_by_raising").choices, ["succeed", "fail_by_raising"]);
  assert.equal(only("int | str").choices, null);
  assert.deepEqual([only("int, 10 when missing").fallback, only("int, 10 when missing").required], ["10", false]);
  assert.deepEqual([only("str, default: blue").fallback, only("str, default: blue").required], ["blue", false]);
  assert.equal(only("str, optional").required, false);
  assert.deepEqual([only(5).type, only(5).fallback, only(5).required], ["whole", 5, false]);
});

test("what is no JSON object has no form", () => {
  for (const text of ["", "number: int", "[1]", "null", "5", undefined]) assert.equal(fieldsOf(text), null);
  assert.equal(fieldsOf("{'a': 'int'}")[0].name, "a");
  assert.deepEqual(fieldsOf("{}"), []);
});

test("what was typed is checked before it is sent", () => {
  const whole = only("int, 1 to 5");
  assert.deepEqual(valueOf(whole, "3"), { value: 3 });
  for (const typed of ["", "x", "1.5", "0", "6", "1e2"]) assert.ok(valueOf(whole, typed).problem, typed);
  assert.ok(valueOf(only("int"), "123456789012345678901").problem);
  assert.deepEqual(valueOf(only("float"), "1e3"), { value: 1000 });
  assert.deepEqual(valueOf(only("list"), "[1, 2]"), { value: [1, 2] });
  assert.ok(valueOf(only("list"), "[1,").problem);
  assert.deepEqual(valueOf(only("str, optional"), ""), { missing: true });
  assert.deepEqual(valueOf(only("str"), " 5 "), { value: " 5 " });
  assert.ok(valueOf(only("a | b"), "c").problem);
});

test("all problems are told at once", () => {
  const fields = fieldsOf('{"a": "int", "b": "str", "c": "bool"}');
  assert.deepEqual(Object.keys(parametersOf(fields, { a: "x" }).problems), ["a", "b"]);
  assert.deepEqual(parametersOf(fields, { a: "1", b: "t" }).parameters, { a: 1, b: "t", c: false });
});

test("parameters of an earlier run come back into the form, unless it can't show them", () => {
  const fields = fieldsOf('{"a": "int", "b": "str", "c": "list", "d": "bool"}');
  assert.deepEqual(typedOf(fields, { a: 1, b: "t", c: [1], d: true }), { a: "1", b: "t", c: "[1]", d: true });
  assert.equal(typedOf(fields, { other: 1 }), null);
});

test("a secret parameter is typed unseen, and its mask never comes back into the form", () => {
  const [password, pin] = fieldsOf('{"password": "secret", "pin": "secret int, 0 to 9999"}');
  assert.deepEqual([password.secret, password.type, pin.secret, pin.type, pin.most], [true, "text", true, "whole", 9999]);
  assert.equal(only("str").secret, false);
  assert.equal(only("secretary").secret, false);
  assert.deepEqual(typedOf([password, pin], { password: "***", pin: "***" }), {});
  assert.deepEqual(typedOf([password], { password: "typed" }), { password: "typed" });
});
