import { expect, test } from "vitest";
import { compareRules } from "../../../cli/rules/compare-rules.ts";
import { readRules } from "../../../shared/rules/read-rules.ts";

const rule = (name: string, keyword = "x") => `{ name: ${name}, when: { keywords: [${keyword}] } }`;
const file = (rules: readonly string[], policy = "{}") =>
  readRules(`policy: ${policy}\nrules: [${rules.join(", ")}]`, "rules.yml");

test.each([
  ["the same", file([rule("a")]), []],
  ["a rule more", file([rule("a"), rule("b")]), ["add rule b"]],
  ["a rule less", file([]), ["remove rule a"]],
  ["another keyword", file([rule("a", "y")]), ["change rule a"]],
  ["another name", file([rule("b")]), ["add rule b", "remove rule a"]],
  ["another policy", file([rule("a")], "{ spam: { FAIL: STOP_RULE } }"), ["change the verdict policy"]],
])("%s", (_, then, changes) => {
  expect(compareRules(file([rule("a")]), then).map((change) => `${change.do} ${change.what}`)).toEqual(changes);
});

test("another order is told, as a rule may stop those behind it; a rule that came between is none", () => {
  const now = file([rule("a"), rule("b")]);
  const changes = (...names: string[]) =>
    compareRules(now, file(names.map((name) => rule(name)))).map((change) => `${change.do} ${change.what}`);
  expect(changes("b", "a")).toEqual(["change the order of the rules"]);
  expect(changes("a", "c", "b")).toEqual(["add rule c"]);
  expect(changes("b")).toEqual(["remove rule a"]);
});
