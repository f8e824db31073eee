import { expect, test } from "vitest";
import { isInForce } from "../../shared/suppression/in-force.ts";
import { judge } from "../../shared/suppression/judge.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { added, day, hard, soft, story } from "../support/evidence.ts";

test.each([
  ["nothing is known", [], 1, false],
  ["there is evidence that does not suppress", [soft(1)], 2, false],
  ["it never ends", [hard(1)], 9_000, true],
  ["before its end", [added(1, day(8))], 7.999, true],
  ["at its end", [added(1, day(8))], 8, false],
  ["after its end, even if the table still holds it", [added(1, day(8))], 9, false],
])("in force: %s", (_, items, time, expected) => {
  const state = judge("jane@partner.example", story(items), DEFAULT_POLICY);
  expect(isInForce(state, day(time))).toBe(expected);
});
