import { describe, expect, test } from "vitest";
import { readStageSettings } from "../../scripts/stage-settings.ts";
import { ConfigurationError } from "../../shared/errors.ts";

const SETTINGS = {
  folder: "/tmp/package",
  stage: "prod",
  region: "eu-west-1",
  domain: "mail.acme.example",
  recipients: ["mail.acme.example", ".mail.acme.example", "desk@acme.example"],
  catchAll: false,
  topics: ["default", "operator", "oncall"],
  rulesSource: "bundle",
  screening: "none",
  identity: "create",
  tlsPolicy: "Optional",
  rawMailDays: 365,
  recordDays: 400,
  memory: 512,
  mailFromSubdomain: "bounce",
  noMailHours: 0,
};

/** What is told of settings that differ from good ones. */
function refusal(change: object): string {
  try {
    readStageSettings({ ...SETTINGS, ...change });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return "";
}

describe("a stage's settings", () => {
  test("are taken as they are", () => {
    expect(readStageSettings(SETTINGS)).toEqual(SETTINGS);
  });

  test("from the command line are text, and mean the same", () => {
    const typed = { ...SETTINGS, memory: "512", noMailHours: "0", rawMailDays: "365", catchAll: "false" };
    expect(readStageSettings(typed)).toEqual(SETTINGS);
  });

  test("a catch-all is never an accident: no recipients are refused unless it is said", () => {
    expect(refusal({ recipients: [] })).toBe(
      "serverless.yml, stage prod: recipients: expected at least one: without any, SES hands over the mail of every verified domain of the account. If that is meant, say catchAll: true, got []",
    );
    expect(refusal({ recipients: [], catchAll: true })).toBe("");
    expect(refusal({ catchAll: true })).toContain("catchAll: expected false, because recipients are named");
  });

  test.each([
    { change: { stage: "Prod_1" }, told: "stage: expected at most 20 small letters, digits and dashes" },
    { change: { region: "eu" }, told: 'region: expected an AWS region, such as eu-west-1, got "eu"' },
    {
      change: { domain: "acme" },
      told: 'domain: expected a domain in small letters, such as mail.example.com, got "acme"',
    },
    { change: { domain: "Mail.Acme.example" }, told: "domain: expected a domain in small letters" },
    { change: { recipients: ["*@acme.example"] }, told: "recipients.0: expected a domain, .domain or an address" },
    { change: { recipients: "acme.example" }, told: "recipients: expected a list" },
    { change: { topics: ["default"] }, told: "topics: expected a topic named operator among them" },
    { change: { topics: ["default", "operator", "operator"] }, told: "topics: expected each name once" },
    { change: { topics: ["default", "operator", "on call"] }, told: "topics.2: expected a name of letters" },
    { change: { rulesSource: "S3" }, told: 'rulesSource: expected bundle or s3, got "S3"' },
    { change: { screening: true }, told: "screening: expected none or beforeStoring" },
    { change: { identity: "new" }, told: "identity: expected create or existing" },
    { change: { tlsPolicy: "require" }, told: "tlsPolicy: expected Optional or Require" },
    { change: { recordDays: 30 }, told: "recordDays: expected a number of days from 40 to 36500, got 30" },
    { change: { rawMailDays: 0.5 }, told: "rawMailDays: expected a number of days from 1 to 36500, got 0.5" },
    { change: { memory: 128 }, told: "memory: expected megabytes from 256 to 10240, got 128" },
    { change: { noMailHours: 25 }, told: "noMailHours: expected a number of hours from 0 to 24, got 25" },
    { change: { mailFromSubdomain: "a.b" }, told: "mailFromSubdomain: expected one label of a domain" },
    { change: { recipients: Array(501).fill("a.example") }, told: "recipients: expected 500 recipients at most" },
  ])("$told", ({ change, told }) => {
    expect(refusal(change)).toContain(`serverless.yml, stage `);
    expect(refusal(change)).toContain(told);
  });

  test("everything that is wrong is told at once", () => {
    expect(refusal({ domain: "", memory: 1 }).split("\n")).toHaveLength(2);
  });
});
