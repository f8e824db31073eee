import * as fc from "fast-check";
import { expect, test } from "vitest";
import { operatorAlert } from "../../shared/alerts/compose-alert.ts";
import { gsm7Septets } from "../../shared/alerts/gsm7.ts";
import { composeSms, fitOnePart } from "../../shared/alerts/sms-form.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert, anyText } from "../support/arbitrary-alerts.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";

/** Septets of a text that is wholly in the GSM alphabet. */
function septets(text: string): number | undefined {
  const each = Array.from(text, gsm7Septets);
  return each.includes(undefined) ? undefined : each.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}

test.each([
  [{}, "[critical] outage: Service outage in Zagreb (from ana@client.example)"],
  [{ subject: "" }, "[critical] outage: (no subject) (from ana@client.example)"],
  [{ from: [] }, "[critical] outage: Service outage in Zagreb"],
  [
    { verdicts: { ...ALL_PASS, dmarc: "FAIL" as const, spam: "FAIL" as const }, warnings: ["…"], from: [] },
    "[critical] outage, spam FAIL, dmarc FAIL: Service outage in Zagreb",
  ],
  [
    { warnings: ["Nobody vouches for the verdicts."], from: [] },
    "[critical] outage, unverified: Service outage in Zagreb",
  ],
  [{ subject: "“Outage” – it’s down…", from: [] }, `[critical] outage: "Outage" - it's down...`],
  [{ subject: "a\nSPF: PASS\u202e", from: [] }, "[critical] outage: a SPF: PASS"],
  [
    { subject: "本番データベースで障害が発生しました。至急ご確認ください。担当者は現地に向かっています。", from: [] },
    "[critical] outage: 本番データベースで障害が発生しました。至急ご確認ください。担当者は現地に向かっています。",
  ],
])("%o reads: %s", (parts, text) => {
  expect(composeSms(alertOf(parts))).toBe(text);
});

test("an alert to the operator says what we have to say, not what the mail says", () => {
  const reason = { rule: "mailroom/unparsable", severity: "error", sentence: "A mail could not be read." } as const;
  expect(composeSms(operatorAlert(reason, { receipt: receiptOf() }))).toBe(
    "[error] mailroom/unparsable: A mail could not be read.",
  );
});

test.each([
  ["160 basic characters", "a".repeat(160), "a".repeat(160)],
  ["161 basic characters", "a".repeat(161), `${"a".repeat(157)}...`],
  ["80 extension characters, two septets each", "€".repeat(80), "€".repeat(80)],
  ["81 extension characters", "€".repeat(81), `${"€".repeat(78)}...`],
  ["159 basic characters and an extension character", `${"a".repeat(159)}[`, `${"a".repeat(157)}...`],
  ["70 units outside the alphabet", "障".repeat(70), "障".repeat(70)],
  ["71 units outside the alphabet", "障".repeat(71), `${"障".repeat(69)}…`],
  ["emoji, two units each", "🔥".repeat(36), `${"🔥".repeat(34)}…`],
  ["one character outside the alphabet among many inside", `${"a".repeat(100)}障`, `${"a".repeat(69)}…`],
  ["letters of the alphabet that are not ASCII", "Ñandú à Ω §".replace("ú", "ù"), "Ñandù à Ω §"],
])("one part holds %s", (_, text, part) => {
  expect(fitOnePart(text)).toBe(part);
});

test.each(["^", "{", "}", "\\", "[", "~", "]", "|", "€"])("%s takes two septets", (character) => {
  expect(gsm7Septets(character)).toBe(2);
});

test.each(["`", "ú", "障", "\u000c", "\u001b", "…"])("%j is not in the alphabet", (character) => {
  expect(gsm7Septets(character)).toBeUndefined();
});

function isOnePart(text: string): boolean {
  const count = septets(text);
  return count === undefined ? text.length <= 70 : count <= 160;
}

test("any text fits into one part", () => fc.assert(fc.property(anyText, (text) => isOnePart(fitOnePart(text)))));

test("any alert is one line of one part, whole characters only", () =>
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const text = composeSms(alert);
      expect(isOnePart(text)).toBe(true);
      expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    }),
  ));
