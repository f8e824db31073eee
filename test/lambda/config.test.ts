import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { readFeedbackConfig, readProcessMailConfig, readScreenMailConfig } from "../../shared/lambda/config.ts";
import type { Environment } from "../../shared/lambda/environment.ts";

const DEFAULT = "arn:aws:sns:eu-west-1:444455556666:acme-alerts";
const OPERATOR = "arn:aws:sns:eu-west-1:444455556666:acme-operator";
const FOLDER = resolve("/var/task");
const VERP_KEY = "a key for tests, of enough length";
const ENV = {
  MAILROOM_MAIL_BUCKET: "acme-inbound-444455556666",
  MAILROOM_MAIL_TABLE: "acme-mail",
  MAILROOM_TOPICS: `default=${DEFAULT},operator=${OPERATOR}`,
  PATH: "/usr/bin",
};

function problems(
  env: Record<string, string | undefined>,
  read: (env: Environment, folder: string) => unknown = readProcessMailConfig,
) {
  try {
    read(env, FOLDER);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("process-mail's configuration", () => {
  test("with defaults", () => {
    expect(readProcessMailConfig(ENV, FOLDER)).toEqual({
      mailBucket: "acme-inbound-444455556666",
      mailPrefix: "",
      mailTable: "acme-mail",
      recordDays: 400,
      mailTopics: undefined,
      topics: { default: DEFAULT, operator: OPERATOR },
      rulesFile: resolve("/var/task/rules.json"),
      rulesBucket: undefined,
      stage: undefined,
      suppressionTable: undefined,
      suppressionFile: { path: resolve("/var/task/suppression.json"), named: false },
      verpKey: undefined,
    });
  });

  test("with all that there is", () => {
    const topics = ` default = ${DEFAULT} ,\n operator=${OPERATOR}, on-call.1=${DEFAULT}.fifo`;
    const env = {
      ...ENV,
      MAILROOM_MAIL_PREFIX: "inbound/",
      MAILROOM_RECORD_DAYS: "90",
      MAILROOM_MAIL_TOPICS: `${DEFAULT}, ${OPERATOR}`,
      MAILROOM_RULES_FILE: "rules/prod.json",
      MAILROOM_RULES_SOURCE: "s3",
      MAILROOM_CONFIG_BUCKET: "acme-config",
      MAILROOM_STAGE: "prod",
      MAILROOM_TOPICS: topics,
      MAILROOM_SUPPRESSION_TABLE: "acme-suppression",
      MAILROOM_SUPPRESSION_FILE: "policies/prod.json",
      MAILROOM_VERP_KEY: VERP_KEY,
    };
    expect(readProcessMailConfig(env, FOLDER)).toEqual({
      mailBucket: "acme-inbound-444455556666",
      mailPrefix: "inbound/",
      mailTable: "acme-mail",
      recordDays: 90,
      mailTopics: [DEFAULT, OPERATOR],
      topics: { default: DEFAULT, operator: OPERATOR, "on-call.1": `${DEFAULT}.fifo` },
      rulesFile: resolve("/var/task/rules/prod.json"),
      rulesBucket: "acme-config",
      stage: "prod",
      suppressionTable: "acme-suppression",
      suppressionFile: { path: resolve("/var/task/policies/prod.json"), named: true },
      verpKey: VERP_KEY,
    });
  });

  test("a rules file by its absolute path", () => {
    const env = { ...ENV, MAILROOM_RULES_FILE: "/opt/rules.json" };
    expect(readProcessMailConfig(env, FOLDER).rulesFile).toBe(resolve("/opt/rules.json"));
  });

  test.each([
    {
      given: { MAILROOM_MAIL_BUCKET: undefined },
      problem: "MAILROOM_MAIL_BUCKET: expected the name of an S3 bucket, got nothing",
    },
    { given: { MAILROOM_MAIL_BUCKET: "" }, problem: 'MAILROOM_MAIL_BUCKET: expected the name of an S3 bucket, got ""' },
    {
      given: { MAILROOM_MAIL_BUCKET: "Acme_Mail" },
      problem: 'MAILROOM_MAIL_BUCKET: expected the name of an S3 bucket, got "Acme_Mail"',
    },
    {
      given: { MAILROOM_MAIL_PREFIX: "undefined/" },
      problem: 'MAILROOM_MAIL_PREFIX: expected an object key prefix, such as inbound/, got "undefined/"',
    },
    {
      given: { MAILROOM_MAIL_TABLE: undefined },
      problem: "MAILROOM_MAIL_TABLE: expected the name of a DynamoDB table, got nothing",
    },
    ...["39", "0", "-1", "forty", "", "1e3", "100000"].map((days) => ({
      given: { MAILROOM_RECORD_DAYS: days },
      problem: `MAILROOM_RECORD_DAYS: expected a number of days, 40 at least, got "${days}"`,
    })),
    {
      given: { MAILROOM_MAIL_TOPICS: "acme" },
      problem: 'MAILROOM_MAIL_TOPICS: expected ARNs of SNS topics, separated by commas, in place of "acme", got "acme"',
    },
    { given: { MAILROOM_RULES_FILE: "" }, problem: 'MAILROOM_RULES_FILE: expected the path of packed rules, got ""' },
    {
      given: { MAILROOM_RULES_SOURCE: "S3" },
      problem: 'MAILROOM_RULES_SOURCE: expected bundle or s3, got "S3"',
    },
    {
      given: { MAILROOM_RULES_SOURCE: "s3" },
      problem: "MAILROOM_CONFIG_BUCKET: expected the name of an S3 bucket, as MAILROOM_RULES_SOURCE is s3, got nothing",
    },
    {
      given: { MAILROOM_CONFIG_BUCKET: "s3://acme-config" },
      problem: 'MAILROOM_CONFIG_BUCKET: expected the name of an S3 bucket, got "s3://acme-config"',
    },
    ...["", "a b", ":prod"].map((stage) => ({
      given: { MAILROOM_STAGE: stage },
      problem: `MAILROOM_STAGE: expected the name of a stage, such as prod, got "${stage}"`,
    })),
    {
      given: { MAILROOM_TOPICS: undefined },
      problem: "MAILROOM_TOPICS: expected name=arn,name=arn with ARNs of SNS topics, got nothing",
    },
    {
      given: { MAILROOM_TOPICS: `default=${DEFAULT}` },
      problem: `MAILROOM_TOPICS: expected a topic named "operator", got "default=${DEFAULT}"`,
    },
    {
      given: { MAILROOM_TOPICS: `operator=${OPERATOR}` },
      problem: `MAILROOM_TOPICS: expected a topic named "default", got "operator=${OPERATOR}"`,
    },
    {
      given: { MAILROOM_TOPICS: `${ENV.MAILROOM_TOPICS},default=${OPERATOR}` },
      problem: `MAILROOM_TOPICS: expected each name once ("default" comes again), got "${ENV.MAILROOM_TOPICS},default=${OPERATOR}"`,
    },
    {
      given: { MAILROOM_TOPICS: `${ENV.MAILROOM_TOPICS},oncall=acme-oncall` },
      problem: `MAILROOM_TOPICS: expected name=arn,name=arn with ARNs of SNS topics in place of "oncall=acme-oncall", got "${ENV.MAILROOM_TOPICS},oncall=acme-oncall"`,
    },
    {
      given: { MAILROOM_SUPPRESSION_TABLE: "a b" },
      problem: 'MAILROOM_SUPPRESSION_TABLE: expected the name of a DynamoDB table, got "a b"',
    },
    {
      given: { MAILROOM_SUPPRESSION_FILE: "" },
      problem: 'MAILROOM_SUPPRESSION_FILE: expected the path of a packed suppression file, got ""',
    },
    {
      given: { MAILROOM_VERP_KEY: "hunter2" },
      problem: "MAILROOM_VERP_KEY: expected a secret of at least 32 characters, got 7 characters",
    },
    {
      given: { MAILROOM_MAIL_PERFIX: "inbound/" },
      problem: 'MAILROOM_MAIL_PERFIX: no such variable, did you mean "MAILROOM_MAIL_PREFIX"?',
    },
    {
      given: { MAILROOM_HOUSE_COLOUR: "red" },
      problem:
        "MAILROOM_HOUSE_COLOUR: no such variable; known are MAILROOM_MAIL_BUCKET, MAILROOM_MAIL_PREFIX, MAILROOM_TOPICS, MAILROOM_MAIL_TABLE, MAILROOM_RECORD_DAYS, MAILROOM_MAIL_TOPICS, MAILROOM_RULES_FILE, MAILROOM_RULES_SOURCE, MAILROOM_CONFIG_BUCKET, MAILROOM_SUPPRESSION_TABLE, MAILROOM_FEEDBACK_TOPICS, MAILROOM_SUPPRESSION_FILE, MAILROOM_VERP_KEY, MAILROOM_STAGE",
    },
  ])("$given -> $problem", ({ given, problem }) => {
    expect(problems({ ...ENV, ...given })).toEqual([problem]);
  });

  test.each(["default", "a=b=c", "a b=x", `=${DEFAULT}`, "", `{"default":"${DEFAULT}"}`])(
    "topics %j are refused",
    (topics) => {
      expect(problems({ ...ENV, MAILROOM_TOPICS: topics })[0]).toMatch(/^MAILROOM_TOPICS: expected name=arn/);
    },
  );

  test("a long value is cut in the message", () => {
    expect(problems({ ...ENV, MAILROOM_MAIL_BUCKET: "X".repeat(4000) })[0]?.length).toBeLessThan(300);
  });

  test("everything that is wrong is told in one error", () => {
    expect(problems({ MAILROOM_RULES_FILE: "", MAILROOM_BUCKET: "x" }).map((line) => line.split(":")[0])).toEqual([
      "MAILROOM_MAIL_BUCKET",
      "MAILROOM_TOPICS",
      "MAILROOM_MAIL_TABLE",
      "MAILROOM_RULES_FILE",
      "MAILROOM_BUCKET",
    ]);
  });
});

describe("screen-mail's configuration", () => {
  test("needs no variable", () => {
    expect(readScreenMailConfig({}, FOLDER)).toEqual({
      rulesFile: resolve("/var/task/rules.json"),
      rulesBucket: undefined,
      topics: undefined,
      stage: undefined,
    });
  });

  test("may stand in an environment that process-mail uses too", () => {
    const env = { ...ENV, MAILROOM_RULES_SOURCE: "s3", MAILROOM_CONFIG_BUCKET: "acme-config", MAILROOM_STAGE: "prod" };
    expect(readScreenMailConfig(env, FOLDER)).toEqual({
      rulesFile: resolve("/var/task/rules.json"),
      rulesBucket: "acme-config",
      topics: { default: DEFAULT, operator: OPERATOR },
      stage: "prod",
    });
  });

  test("a misspelt variable is refused", () => {
    expect(() => readScreenMailConfig({ MAILROOM_RULE_FILE: "r.json" }, FOLDER)).toThrow(
      /did you mean "MAILROOM_RULES_FILE"/,
    );
  });
});

describe("the configuration of record-bounce and record-complaint", () => {
  const FEEDBACK = { MAILROOM_SUPPRESSION_TABLE: "acme-suppression" };

  test("with defaults", () => {
    expect(readFeedbackConfig(FEEDBACK, FOLDER)).toEqual({
      stage: undefined,
      table: "acme-suppression",
      topics: undefined,
      suppressionFile: { path: resolve("/var/task/suppression.json"), named: false },
    });
  });

  test("with all that there is", () => {
    const env = {
      ...FEEDBACK,
      MAILROOM_FEEDBACK_TOPICS: ` ${DEFAULT} ,${OPERATOR}`,
      MAILROOM_SUPPRESSION_FILE: "/opt/suppression.json",
      MAILROOM_STAGE: "prod",
    };
    expect(readFeedbackConfig(env, FOLDER)).toEqual({
      stage: "prod",
      table: "acme-suppression",
      topics: [DEFAULT, OPERATOR],
      suppressionFile: { path: resolve("/opt/suppression.json"), named: true },
    });
  });

  test("may stand in an environment that process-mail uses too", () => {
    expect(readFeedbackConfig({ ...ENV, ...FEEDBACK, MAILROOM_VERP_KEY: VERP_KEY }, FOLDER).table).toBe(
      "acme-suppression",
    );
  });

  test.each([
    [
      { MAILROOM_SUPPRESSION_TABLE: undefined },
      "MAILROOM_SUPPRESSION_TABLE: expected the name of a DynamoDB table, got nothing",
    ],
    [
      { MAILROOM_FEEDBACK_TOPICS: `${DEFAULT},acme` },
      `MAILROOM_FEEDBACK_TOPICS: expected ARNs of SNS topics, separated by commas, in place of "acme", got "${DEFAULT},acme"`,
    ],
    [
      { MAILROOM_FEEDBACK_TOPICS: "" },
      'MAILROOM_FEEDBACK_TOPICS: expected ARNs of SNS topics, separated by commas, in place of "", got ""',
    ],
    [
      { MAILROOM_SUPPRESION_FILE: "s.json" },
      'MAILROOM_SUPPRESION_FILE: no such variable, did you mean "MAILROOM_SUPPRESSION_FILE"?',
    ],
  ])("%j -> %s", (given, problem) => {
    expect(problems({ ...FEEDBACK, ...given }, readFeedbackConfig)).toEqual([problem]);
  });
});
