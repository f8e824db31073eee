import * as fc from "fast-check";
import { expect, test } from "vitest";
import { alertId } from "../../shared/alerts/alert-id.ts";

test("the id of a mail and a rule never changes: subscribers drop what they have seen", () => {
  expect(alertId("k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01", "outage")).toBe("48c1ad0f2cec109746e389a1dbd73dfe");
});

test.each([
  { one: ["mail1", "outage"], other: ["mail2", "outage"] },
  { one: ["mail1", "outage"], other: ["mail1", "invoice"] },
  { one: ["ab", "c"], other: ["a", "bc"] },
  { one: ['a","b', "c"], other: ["a", 'b","c'] },
])("$one and $other have different ids", ({ one, other }) => {
  expect(alertId(one[0] ?? "", one[1] ?? "")).not.toBe(alertId(other[0] ?? "", other[1] ?? ""));
});

test("every id is 32 hex digits", () =>
  fc.assert(fc.property(fc.string(), fc.string(), (mail, rule) => /^[0-9a-f]{32}$/.test(alertId(mail, rule)))));
