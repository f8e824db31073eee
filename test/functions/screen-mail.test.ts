import { describe, expect, onTestFinished, test, vi } from "vitest";
import { isMetrics, metricsIn } from "../support/embedded-metrics.ts";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";
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

  describe("with the policy of rules in S3", () => {
    const env = (endpoint: string) => ({
      AWS_ENDPOINT_URL_S3: endpoint,
      MAILROOM_RULES_SOURCE: "s3",
      MAILROOM_CONFIG_BUCKET: "acme-config",
      MAILROOM_STAGE: "prod",
    });
    const events = [verdicts({ spamVerdict: "FAIL" }), verdicts({ spamVerdict: "FAIL" })];

    async function screenWith(prepare: (s3: FakeS3) => unknown) {
      const s3 = await startFakeS3();
      onTestFinished(s3.close);
      prepare(s3);
      const { outcomes, logged } = await runLambda("screen-mail", { env: env(s3.endpoint), rules: RULES, events });
      return { requests: s3.requests, answers: outcomes.map(({ answer }) => answer), logged };
    }

    test("asked for once a minute at most", async () => {
      const { answers, requests } = await screenWith(({ objects }) =>
        objects.set("acme-config/rules.yml", Buffer.from("policy: { spam: { FAIL: STOP_RULE_SET } }\nrules: []")),
      );
      expect(answers).toEqual([{ disposition: "STOP_RULE_SET" }, { disposition: "STOP_RULE_SET" }]);
      expect(requests).toEqual(["GetObject acme-config/rules.yml"]);
    });

    test.each([
      ["is broken", ({ objects }: FakeS3) => objects.set("acme-config/rules.yml", Buffer.from("rules: []\npolcy: {}"))],
      ["may not be read", ({ fail }: FakeS3) => fail({ operation: "GetObject", answer: "AccessDenied" })],
      ["does not come in time", ({ fail }: FakeS3) => fail({ operation: "GetObject", answer: "silence", times: 9 })],
    ])("or with that of the bundle, when the file %s: logged and measured, and mail goes on", async (_, prepare) => {
      const { answers, logged } = await screenWith(prepare);
      expect(answers).toEqual([{ disposition: "STOP_RULE" }, { disposition: "STOP_RULE" }]);
      expect(logged[0]).toMatchObject({ level: "ERROR", event: expect.stringMatching(/^rules .* stay in force$/) });
      expect(logged.filter(isMetrics).flatMap(metricsIn)).toEqual(["RulesBroken Stage=prod 1"]);
    });
  });

  test.each([
    { wrong: "rules that are not there", given: {}, error: "ConfigurationError" },
    { wrong: "rules that nobody packed", given: { packed: RULES }, error: "ConfigurationError" },
    {
      wrong: "a misspelt variable",
      given: { rules: RULES, env: { MAILROOM_RULE_FILE: "rules.json" } },
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
