import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { FEEDBACK_REASONS } from "../../shared/feedback/feedback.ts";
import { DEFAULT_POLICY } from "../../shared/suppression/policy.ts";
import { SUPPRESSION_REASONS } from "../../shared/suppression/suppression.ts";

const page = readFileSync(new URL("../../docs/feedback.md", import.meta.url), "utf8");
const rows = page.split("\n").filter((line) => line.startsWith("|"));

/** How the page begins the cell that says what a bounce does. */
const WORDS = { suppress: "suppresses", count: "counts", countHalf: "counts half", none: "nothing" };

test.each(Object.entries(DEFAULT_POLICY.bounces))("docs/feedback.md has the row of %s: %s", (key, effect) => {
  const [type, subType] = key.split("/");
  const names = subType === "*" ? ["any", "any other"] : [`\`${subType}\``];
  const row = rows.find((line) => names.some((name) => line.startsWith(`| \`${type}\` | ${name} |`)));
  expect(row?.split("|")[3]?.trim()).toMatch(new RegExp(`^${WORDS[effect]}\\b`));
});

test.each(FEEDBACK_REASONS)("docs/feedback.md explains the reason %s", (reason) => {
  expect(rows.filter((line) => line.startsWith(`| \`${reason}\` | `) && / [A-Z].*\. \|$/.test(line))).toHaveLength(1);
});

test.each(SUPPRESSION_REASONS)(
  "docs/feedback.md says when an address is suppressed for %s, and when that ends",
  (reason) => {
    const row = rows.find((line) => line.split("|")[1]?.includes(`\`${reason}\``) && line.split("|").length === 5);
    const days = DEFAULT_POLICY.expiryDays[reason];
    expect(row?.split("|")[3]).toContain(days === null ? "never" : `${days} days`);
  },
);
