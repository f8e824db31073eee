import * as fc from "fast-check";
import { expect, test } from "vitest";
import { composeSubject } from "../../shared/alerts/subject-form.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert } from "../support/arbitrary-alerts.ts";

test.each([
  ["Service outage", "[critical] outage: Service outage"],
  ["“Outage” – it’s down…", `[critical] outage: "Outage" - it's down...`],
  ["ＯＵＴＡＧＥ", "[critical] outage: OUTAGE"],
  ["", "[critical] outage: (no subject)"],
  ["\u200b \n", "[critical] outage: (no subject)"],
  ["本番DBで障害", "[critical] outage: (subject not in ASCII, see the text)"],
  ["Panne générale", "[critical] outage: (subject not in ASCII, see the text)"],
  ["Hello\r\nBcc: all@acme.example", "[critical] outage: Hello Bcc: all@acme.example"],
  ["a".repeat(150), `[critical] outage: ${"a".repeat(77)}...`],
])("the mail's subject %j: %s", (subject, told) => {
  expect(composeSubject(alertOf({ subject }))).toBe(told);
});

test("a warning is announced before anything of the mail", () => {
  expect(composeSubject(alertOf({ warnings: ["SES takes this mail for spam."] }))).toBe(
    "[critical, see warning] outage: Service outage in Zagreb",
  );
});

test("any alert has a subject that SNS takes: ASCII, under 100, begins with punctuation", () =>
  fc.assert(
    fc.property(anyAlert, (alert) => {
      expect(composeSubject(alert)).toMatch(/^\[(?:info|warning|error|critical)[ -~]+$/);
      expect(composeSubject(alert).length).toBeLessThan(100);
    }),
  ));
