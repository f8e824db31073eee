import { describe, expect, test } from "vitest";
import { summaryLines } from "../../../cli/output/summary.ts";
import { add, addProblems, addRecord, createTally } from "../../../cli/output/tally.ts";
import type { MailRecord } from "../../../shared/inbound/record.ts";
import { problem } from "../../../shared/message/problems.ts";
import { recordOf } from "../../support/records.ts";

const nothing = { matches: [], actions: [] };

function tallyOf(records: readonly MailRecord[]) {
  const tally = createTally();
  for (const record of records) {
    tally.mails += 1;
    addRecord(tally, record);
  }
  return tally;
}

const matching = (...rules: string[]) =>
  recordOf({ ...nothing, matches: rules.map((rule) => ({ rule, because: [] })) });

describe("the closing table", () => {
  test("says how many mails there were, how they ended, what they matched and what was wrong", () => {
    const alert = { id: "1", rule: "outage", type: "alert", topic: "default" } as const;
    const tally = tallyOf([
      { ...matching("outage", "invoice"), actions: [{ ...alert, status: "planned" }] },
      matching("outage"),
      recordOf({
        ...nothing,
        outcome: "unparsable",
        verdictsTrusted: false,
        problems: [problem("empty"), problem("badDate", "one"), problem("badDate", "two")],
      }),
    ]);
    tally.failures = 1;
    for (let skipped = 0; skipped < 1_200; skipped += 1) add(tally.skipped, "notAMail");
    expect(summaryLines(tally, 0.5)).toEqual([
      "        3  mails read in 0.5 s, 6 mails/s",
      "        2    processed",
      "        1    unparsable",
      "        2  matched",
      "        2    rule outage",
      "        1    rule invoice",
      "        1  alert planned",
      "        1  with a problem: The Date header cannot be read.",
      "        1  with a problem: The mail has no bytes.",
      "        1  with verdicts in its own headers: a PASS was not believed (--trust-headers believes it)",
      "    1,200  skipped: does not begin like a mail (--all takes it)",
      "        1  failed, as said above",
    ]);
  });

  test.each([
    ["planned", false, "alerts planned"],
    ["planned", true, "alerts NOT printed"],
    ["done", true, "alerts printed"],
    ["skipped", true, "alerts printed before, not again"],
  ] as const)("of alerts that are %s (applied: %s) says: %s", (status, applied, words) => {
    const action = { id: "1", rule: "outage", type: "alert", topic: "default", status } as const;
    const lines = summaryLines(tallyOf([recordOf({ actions: [action, action] })]), 1, applied);
    expect(lines).toContain(`        2  ${words}`);
  });

  test("of a run without rules says nothing of matches", () => {
    const tally = createTally();
    tally.mails = 1;
    addProblems(tally, [problem("badDate")]);
    expect(summaryLines(tally, 0)).toEqual([
      "        1  mail read in 0.0 s",
      "        1  with a problem: The Date header cannot be read.",
    ]);
  });

  test("names the twenty rules that matched most", () => {
    const names = Array.from({ length: 23 }, (_, number) => `rule-${String(number).padStart(2, "0")}`);
    const lines = summaryLines(tallyOf([matching(...names), matching("rule-22")]), 1);
    expect(lines.filter((line) => line.includes("rule rule"))).toHaveLength(20);
    expect(lines).toContain("        2    rule rule-22");
    expect(lines.at(-1)).toBe("        3    in 3 more rules");
  });
});
