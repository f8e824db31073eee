import { describe, expect, test } from "vitest";
import { readStageSettings } from "../../scripts/stage/read-settings.ts";
import { warningsAbout } from "../../scripts/stage/warnings.ts";
import { ConfigurationError } from "../../shared/errors.ts";

const SETTINGS = {
  folder: "/tmp/package",
  said: ["domain", "alertEmail"],
  deploys: true,
  known: ["domain", "alertEmail", "topics"],
  stage: "prod",
  region: "eu-west-1",
  domain: "mail.acme.example",
  recipients: ["mail.acme.example", ".mail.acme.example", "desk@acme.example"],
  catchAll: false,
  topics: ["default", "operator", "oncall"],
  alertEmail: "oncall@acme.example",
  operatorEmail: "",
  rulesSource: "bundle",
  screening: "none",
  identity: "create",
  tlsPolicy: "Optional",
  rawMailDays: 365,
  recordDays: 400,
  logDays: 90,
  memory: 512,
  mailFromSubdomain: "bounce",
  dmarcPolicy: "v=DMARC1; p=none",
  feedbackByEmail: true,
  hostedZoneId: "",
  mailKeyArn: "arn:aws:kms:eu-west-1:444455556666:key/11111111-2222-4333-8444-555555555555",
  verpSecretArn: "",
  watchedRuleSet: "mailroom-prod",
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
    {
      change: { said: ["alertEmial"] },
      told: 'alertEmial: expected a parameter that there is, did you mean "alertEmail"?',
    },
    { change: { region: "eu" }, told: 'region: expected an AWS region, such as eu-west-1, got "eu"' },
    {
      change: { domain: "acme" },
      told: 'domain: expected a domain in small letters, such as mail.example.com, got "acme"',
    },
    { change: { domain: "mail.example.com" }, told: "domain: expected yours: say it under params.prod, got " },
    { change: { domain: "Mail.Acme.example" }, told: "domain: expected a domain in small letters" },
    { change: { recipients: ["*@acme.example"] }, told: "recipients.0: expected a domain, .domain or an address" },
    { change: { recipients: "acme.example" }, told: "recipients: expected a list" },
    { change: { topics: ["default"] }, told: "topics: expected a topic named operator among them" },
    { change: { topics: ["default", "operator", "operator"] }, told: 'differ in letters and digits ("operator" comes' },
    { change: { topics: ["default", "operator", "on-call", "On_Call"] }, told: '("On_Call" comes again)' },
    { change: { topics: ["default", "operator", ...Array(19).fill("x")] }, told: "topics: expected 20 topics at most" },
    { change: { alertEmail: "nonsense" }, told: "alertEmail: expected an e-mail address, or nothing" },
    { change: { dmarcPolicy: "" }, told: "dmarcPolicy: expected a policy, such as v=DMARC1; p=none" },
    { change: { hostedZoneId: "example.com" }, told: "hostedZoneId: expected the id of a hosted zone" },
    {
      change: { mailKeyArn: "arn:aws:kms:eu-west-1:444455556666:alias/mail" },
      told: "mailKeyArn: expected the ARN of a KMS",
    },
    { change: { verpSecretArn: "x" }, told: "verpSecretArn: expected the ARN of a secret" },
    { change: { feedbackByEmail: "yes" }, told: "feedbackByEmail: expected true or false" },
    { change: { rawMailDays: 3000 }, told: "recordDays: expected rawMailDays (3000) or more, got 400" },
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

  test("what is no mistake and should be known is told", () => {
    const about = (change: object) => warningsAbout(readStageSettings({ ...SETTINGS, ...change }));
    expect(about({})).toEqual([]);
    expect(about({ region: "ap-south-2" })).toEqual(["it is not known whether SES receives mail in ap-south-2"]);
    expect(about({ stage: "dev", domain: "mail.example.com" })).toEqual([
      "the domain is still mail.example.com: say yours under params in serverless.yml",
    ]);
    expect(about({ recipients: Array.from({ length: 101 }, (_, at) => `u${at}@acme.example`) })).toEqual([
      "101 recipients: SES's guide says that a rule has 100 at most, its quotas say 500",
    ]);
  });

  test("nobody's domain may be packaged and looked at", () => {
    expect(refusal({ domain: "mail.example.com", deploys: false })).toBe("");
  });

  test("everything that is wrong is told at once", () => {
    expect(refusal({ domain: "", memory: 1 }).split("\n")).toHaveLength(2);
  });
});
