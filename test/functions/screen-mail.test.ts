import { describe, expect, test, vi } from "vitest";
import { runLambda } from "../support/lambda-process.ts";
import { eventFile, sesEvent } from "../support/ses-events.ts";

// Each run is a process with a cold start.
vi.setConfig({ testTimeout: 30_000 });

const RULES = `
policy:
  virus: { FAIL: STOP_RULE_SET, PROCESSING_FAILED: STOP_RULE }
  spam: { FAIL: STOP_RULE }
rules: []
`;
const verdicts = (receipt: Record<string, string>) =>
  sesEvent({ receipt: Object.fromEntries(Object.entries(receipt).map(([name, status]) => [name, { status }])) });

describe("screen-mail answers SES", () => {
  test("with the disposition of the rules file's policy", async () => {
    const { outcomes, logged } = await runLambda("screen-mail", {
      rules: RULES,
      events: [
        sesEvent(),
        verdicts({ spamVerdict: "FAIL" }),
        verdicts({ virusVerdict: "PROCESSING_FAILED" }),
        verdicts({ spamVerdict: "FAIL", virusVerdict: "FAIL" }),
        { Records: [...sesEvent().Records, ...verdicts({ spamVerdict: "FAIL" }).Records] },
      ],
    });
    expect(outcomes).toEqual([
      { answer: { disposition: "CONTINUE" } },
      { answer: { disposition: "STOP_RULE" } },
      { answer: { disposition: "STOP_RULE" } },
      { answer: { disposition: "STOP_RULE_SET" } },
      { answer: { disposition: "STOP_RULE" } },
    ]);
    expect(logged).toEqual([]);
  });

  test("CONTINUE, and an error in the log, to an event that it cannot read", async () => {
    const { outcomes, logged } = await runLambda("screen-mail", {
      rules: RULES,
      events: [eventFile("s3-object-created"), verdicts({ spamVerdict: "FAIL" })],
    });
    expect(outcomes).toEqual([{ answer: { disposition: "CONTINUE" } }, { answer: { disposition: "STOP_RULE" } }]);
    expect(logged).toMatchObject([{ level: "ERROR", requestId: "request-0", error: "MalformedEventError" }]);
  });

  test.each([
    { wrong: "a rules file that is not there", given: {}, error: "ConfigurationError" },
    {
      wrong: "a broken rules file",
      given: { rules: "policy: { virus: { FAIL: STOP } }\nrules: []" },
      error: "RulesFileError",
    },
    {
      wrong: "a misspelt variable",
      given: { rules: RULES, env: { MAILROOM_RULE_FILE: "rules.yml" } },
      error: "ConfigurationError",
    },
  ])("CONTINUE, and an error in the log, with $wrong", async ({ given, error }) => {
    const { outcomes, logged } = await runLambda("screen-mail", {
      ...given,
      events: [verdicts({ virusVerdict: "FAIL" })],
    });
    expect(outcomes).toEqual([{ answer: { disposition: "CONTINUE" } }]);
    expect(logged).toMatchObject([{ level: "ERROR", event: "failed, answered all the same", error }]);
  });
});
