import { describe, expect, test } from "vitest";
import { screen, screenAll } from "../../shared/inbound/screen-mail.ts";
import { VERDICT_NAMES, VERDICT_STATUSES, type Verdicts } from "../../shared/receipt/receipt.ts";
import { readSesEvent } from "../../shared/receipt/ses-event.ts";
import type { VerdictPolicy } from "../../shared/rules/rules-file.ts";
import { DISPOSITIONS } from "../../shared/rules/vocabulary.ts";
import { sesEvent } from "../support/ses-events.ts";

const WORDS = [...VERDICT_STATUSES, "absent"] as const;

const verdictsWith = (name: string, word: string): Verdicts => (word === "absent" ? {} : { [name]: word });

describe("trap 1.5, every verdict × every status, absent included, is a case of its own", () => {
  const cases = VERDICT_NAMES.flatMap((name) =>
    WORDS.flatMap((word) => DISPOSITIONS.map((disposition) => ({ name, word, disposition }))),
  );

  test.each(cases)("policy $name $word: $disposition decides about just that", ({ name, word, disposition }) => {
    const policy: VerdictPolicy = { [name]: { [word]: disposition } };
    for (const otherName of VERDICT_NAMES) {
      for (const otherWord of WORDS) {
        const same = (otherName === name && otherWord === word) || (word === "absent" && otherName !== name);
        expect(screen(verdictsWith(otherName, otherWord), policy)).toBe(same ? disposition : "CONTINUE");
      }
    }
  });

  test.each(VERDICT_NAMES.flatMap((name) => WORDS.map((word) => ({ name, word }))))(
    "no policy, $name $word: CONTINUE, as SES itself stops nothing",
    ({ name, word }) => {
      expect(screen(verdictsWith(name, word), {})).toBe("CONTINUE");
      expect(screen(verdictsWith(name, word), { [name]: {} })).toBe("CONTINUE");
    },
  );
});

describe("of several dispositions the strongest wins", () => {
  test.each([
    { spam: "CONTINUE", virus: "CONTINUE", disposition: "CONTINUE" },
    { spam: "STOP_RULE", virus: "CONTINUE", disposition: "STOP_RULE" },
    { spam: "CONTINUE", virus: "STOP_RULE", disposition: "STOP_RULE" },
    { spam: "STOP_RULE_SET", virus: "STOP_RULE", disposition: "STOP_RULE_SET" },
    { spam: "STOP_RULE", virus: "STOP_RULE_SET", disposition: "STOP_RULE_SET" },
    { spam: "CONTINUE", virus: "STOP_RULE_SET", disposition: "STOP_RULE_SET" },
  ] as const)("spam $spam, virus $virus -> $disposition", ({ spam, virus, disposition }) => {
    const policy: VerdictPolicy = { spam: { FAIL: spam }, virus: { FAIL: virus } };
    expect(screen({ spam: "FAIL", virus: "FAIL" }, policy)).toBe(disposition);
  });

  test("no mail at all stops nothing", () => {
    expect(screenAll([], { spam: { absent: "STOP_RULE_SET" } })).toBe("CONTINUE");
  });

  test("of several mails in one event too", () => {
    const [clean] = sesEvent().Records;
    const [infected] = sesEvent({ receipt: { virusVerdict: { status: "FAIL" } } }).Records;
    const policy: VerdictPolicy = { virus: { FAIL: "STOP_RULE_SET" } };
    const screened = (...Records: unknown[]) => screenAll(readSesEvent({ Records }), policy);
    expect([screened(clean), screened(clean, infected, clean), screened(infected)]).toEqual([
      "CONTINUE",
      "STOP_RULE_SET",
      "STOP_RULE_SET",
    ]);
  });
});

test("trap 1.4, a FAIL of SES's event reaches the policy", () => {
  const [receipt] = readSesEvent(sesEvent({ receipt: { spamVerdict: { status: "FAIL" } } }));
  expect(screen(receipt?.verdicts ?? {}, { spam: { FAIL: "STOP_RULE" } })).toBe("STOP_RULE");
});

test("a PASS that may be forged counts for nothing, neither as PASS nor as absent; a FAIL counts", () => {
  const policy = { dmarc: { PASS: "STOP_RULE", absent: "STOP_RULE_SET" }, spam: { FAIL: "STOP_RULE" } } as const;
  expect(screen({ dmarc: "PASS" }, policy, true)).toBe("STOP_RULE");
  expect(screen({ dmarc: "PASS" }, policy, false)).toBe("CONTINUE");
  expect(screen({ dmarc: "PASS", spam: "FAIL" }, policy, false)).toBe("STOP_RULE");
});
