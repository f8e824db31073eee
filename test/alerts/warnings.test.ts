import { expect, test } from "vitest";
import { warningsAbout } from "../../shared/alerts/warnings.ts";
import type { Verdicts } from "../../shared/receipt/receipt.ts";
import { ALL_PASS } from "../support/receipts.ts";

function warnings(verdicts: Verdicts, verdictsTrusted = true): string[] {
  return warningsAbout({ verdicts, verdictsTrusted });
}

function without(name: keyof Verdicts): Verdicts {
  const { [name]: _, ...rest } = ALL_PASS;
  return rest;
}

test("a mail that passed every check has no warning", () => {
  expect(warnings(ALL_PASS)).toEqual([]);
});

test.each([
  [{ dmarc: "FAIL" }, "This mail failed DMARC: it may not be from the sender it names."],
  [{ spf: "FAIL" }, "This mail failed SPF: the server that sent it is not one that the sender's domain allows."],
  [{ dkim: "FAIL" }, "This mail failed DKIM: its signature is wrong, or it was changed on its way."],
  [{ virus: "FAIL" }, "SES found a virus in this mail: do not open what is attached."],
  [{ virus: "GRAY" }, "SES is not sure whether this mail has a virus."],
  [{ virus: "PROCESSING_FAILED" }, "SES could not check this mail for viruses."],
  [{ virus: "DISABLED" }, "This mail was not checked for viruses: the receipt rule has scanning switched off."],
  [{ spam: "FAIL" }, "SES takes this mail for spam."],
  [{ spam: "GRAY" }, "SES is not sure whether this mail is spam."],
  [{ spam: "PROCESSING_FAILED" }, "SES could not check this mail for spam."],
  [{ spam: "DISABLED" }, "This mail was not checked for spam: the receipt rule has scanning switched off."],
] satisfies [Verdicts, string][])("trap 1.5, %o warns in its own words: %s", (verdict, sentence) => {
  expect(warnings({ ...ALL_PASS, ...verdict })).toEqual([sentence]);
});

test.each([
  ["virus", ["This mail was not checked for viruses."]],
  ["spam", ["This mail was not checked for spam."]],
  ["spf", []],
  ["dkim", []],
  ["dmarc", []],
] as const)("trap 1.5, without a verdict on %s: %o", (name, sentences) => {
  expect(warnings(without(name))).toEqual(sentences);
});

test.each(["GRAY", "PROCESSING_FAILED", "DISABLED"] as const)(
  "%s of SPF, DKIM or DMARC is no warning: much honest mail has no policy and no signature",
  (status) => {
    expect(warnings({ ...ALL_PASS, spf: status, dkim: status, dmarc: status })).toEqual([]);
  },
);

test("verdicts that nobody vouches for are told as such, last, even when all pass", () => {
  const untrusted = "The verdicts come from the mail's own headers and may be forged.";
  expect(warnings(ALL_PASS, false)).toEqual([untrusted]);
  expect(warnings({ ...ALL_PASS, dmarc: "FAIL" }, false).at(-1)).toBe(untrusted);
});

test("who it is from comes before what it carries, and that before whether it is wanted", () => {
  const all = warnings({ spam: "FAIL", virus: "FAIL", spf: "FAIL", dkim: "FAIL", dmarc: "FAIL" });
  expect(all.map((sentence) => /DMARC|SPF|DKIM|virus|spam/.exec(sentence)?.[0])).toEqual([
    "DMARC",
    "SPF",
    "DKIM",
    "virus",
    "spam",
  ]);
});
