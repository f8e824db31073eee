import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventFile, sesEvent } from "../support/ses-events.ts";
import { records, snsMessage, sqsRecord } from "../support/transports.ts";
import { type Desk, startDesk } from "./iam/desk.ts";
import { rolesOf } from "./iam/roles.ts";
import { ACCOUNT, packagedStage } from "./packaged-stage.ts";

// The packaged functions, with the real SDK, do all that they can do; what they ask of AWS goes through a gateway that knows only the roles of the
// packaged template. So no call is without its grant, and no grant without its call.

const full = packagedStage("full");

const FEEDBACK = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];

/** What AWS itself does in a function's name, so that no call of ours shows it. */
const IN_ITS_NAME: readonly {
  readonly role: string;
  readonly actions: readonly string[];
  readonly on: string;
  readonly why: string;
}[] = [
  ...["ProcessMail", "ScreenMail", "RecordBounce", "RecordComplaint"].map((name) => ({
    role: name,
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    on: `${name}LogGroup`,
    why: "Lambda delivers what the function writes",
  })),
  {
    role: "ProcessMail",
    actions: ["sqs:SendMessage"],
    on: "UnprocessedMail",
    why: "Lambda hands what failed three times to the failure destination",
  },
  { role: "RecordBounce", actions: FEEDBACK, on: "BounceQueue", why: "Lambda takes messages from the queue" },
  { role: "RecordComplaint", actions: FEEDBACK, on: "ComplaintQueue", why: "Lambda takes messages from the queue" },
];

/** `ProcessMail` -> `process-mail` */
const nameOf = (role: string) => role.replace(/(?<=.)(?=[A-Z])/g, "-").toLowerCase();

const RULES = `
rules:
  - name: outage
    when: { keywords: [outage] }
    alert: { topic: oncall }
  - name: also
    when: { keywords: [outage] }
    alert: { topic: security }
  - name: any
    when: { size: { over: 1 } }
    alert: { topic: default }
`;
const MAIL = "From: a@partner.example\r\nTo: desk@mail.acme.example\r\nSubject: outage\r\n\r\nNothing moves.\r\n";
const REPORT = readFileSync("test/feedback/reports/ses-bounce.eml", "utf8");
const passed = { spfVerdict: { status: "PASS" }, dkimVerdict: { status: "PASS" }, dmarcVerdict: { status: "PASS" } };

const arrived = (messageId: string) => sesEvent({ mail: { messageId }, receipt: passed });
const done = { answer: null };
const continues = { answer: { disposition: "CONTINUE" } };
const stops = { answer: { disposition: "STOP_RULE_SET" } };
const taken = { answer: { batchItemFailures: [] } };

/** A notification of SES as the queue brings it. */
function told(topic: string, file: string, feedbackId: string) {
  const text = JSON.stringify(eventFile(`feedback/${file}`)).replace(
    /"feedbackId":"[^"]*"/,
    `"feedbackId":"${feedbackId}"`,
  );
  const TopicArn = full.resources[topic]?.id;
  return records(sqsRecord(snsMessage(text, { TopicArn })));
}

describe("calls and grants", () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await startDesk(full);
    desk.store("MailBucket", "mail/outage", MAIL);
    desk.store("MailBucket", "mail/empty", "");
    desk.store("MailBucket", "mail/report-1", REPORT);
    desk.store("MailBucket", "mail/report-2", REPORT.replace("Message-ID: <", "Message-ID: <again-"));
  });
  afterAll(() => desk.close());

  test("as long as there are no rules in S3, those that were deployed hold", async () => {
    expect(await desk.run("screen-mail", arrived("outage"))).toEqual([continues]);
    expect(await desk.run("process-mail", arrived("empty"))).toEqual([done]);
    desk.store("ConfigBucket", "rules.yml", RULES);
    expect(await desk.run("screen-mail", arrived("outage"))).toEqual([continues]);
  });

  test("process-mail alerts every topic", async () => {
    expect(await desk.run("process-mail", arrived("outage"))).toEqual([done]);
    const topics = desk.published.map(({ topicArn }) => topicArn.split("-").at(-1));
    expect(topics.sort()).toEqual(["default", "oncall", "operator", "security"]);
  });

  test("when those in S3 are broken, the version before them holds", async () => {
    desk.store("ConfigBucket", "rules.yml", "rules: [");
    desk.storeBelow("ConfigBucket", "rules.yml", "policy: { spam: { FAIL: STOP_RULE_SET } }\nrules: []");
    const spam = sesEvent({ mail: { messageId: "empty" }, receipt: { ...passed, spamVerdict: { status: "FAIL" } } });
    expect(await desk.run("screen-mail", spam)).toEqual([stops]);
    expect(await desk.run("process-mail", spam)).toEqual([done]);
    desk.store("ConfigBucket", "rules.yml", RULES);
  });

  test("process-mail tells a mail that is missing from one that it may not read", async () => {
    expect(await desk.run("process-mail", arrived("missing"))).toMatchObject([
      { error: { name: "MailNotFoundError" } },
    ]);
  });

  // Twice each: the second time somebody is forgotten while it is written.
  test.each([
    { name: "process-mail", first: arrived("report-1"), again: arrived("report-2"), answer: done },
    {
      name: "record-bounce",
      first: told("BounceTopic", "bounce-notification", "b-1"),
      again: told("BounceTopic", "bounce-notification", "b-2"),
      answer: taken,
    },
    {
      name: "record-complaint",
      first: told("ComplaintTopic", "complaint-notification", "c-1"),
      again: told("ComplaintTopic", "complaint-notification", "c-2"),
      answer: taken,
    },
  ])(
    "$name records a report, and nothing of somebody who is forgotten meanwhile",
    async ({ name, first, again, answer }) => {
      expect(await desk.run(name, first)).toEqual([answer]);
      expect(await desk.whileForgetting(() => desk.run(name, again))).toEqual([answer]);
    },
  );

  test("no call was without its grant", () => {
    expect(desk.gateway.refused).toEqual([]);
  });

  test("every grant was used, but for those that AWS uses in the function's name, each on its own resource", () => {
    const unused = desk.roles.flatMap(({ name, grants }) =>
      grants
        .filter((grant) => !desk.gateway.used.has(grant))
        .map(({ action, resource }) => `${name}: ${action} on ${resource}`),
    );
    const expected = IN_ITS_NAME.flatMap(({ role, actions, on }) =>
      actions.map((action) => `${nameOf(role)}: ${action} on ${arnOf(on)}`),
    );
    expect(unused.sort()).toEqual(expected.sort());
  });
});

function arnOf(logicalId: string): string {
  const { region } = full.variant;
  const { Type = "", Properties = {} } = full.resources[logicalId] ?? {};
  return Type === "AWS::Logs::LogGroup"
    ? `arn:aws:logs:${region}:${ACCOUNT}:log-group:${Properties["LogGroupName"]}:*`
    : `arn:aws:sqs:${region}:${ACCOUNT}:${Properties["QueueName"]}`;
}

describe("what a role does not grant is refused", () => {
  test.each([
    { sid: "Alerts", event: "outage", error: "PublishError" },
    { sid: "ReadsStoredMail", event: "outage", error: "MailAccessDeniedError" },
    { sid: "KeepsTheMailLog", event: "outage", error: "AccessDeniedException" },
    { sid: "TellsMissingFromForbidden", event: "missing", error: "MailAccessDeniedError" },
  ])("without $sid: $error", async ({ sid, event, error }) => {
    const desk = await startDesk(full, (grants) => grants.filter((grant) => grant.sid !== sid));
    desk.store("ConfigBucket", "rules.yml", RULES);
    desk.store("MailBucket", "mail/outage", MAIL);
    expect(await desk.run("process-mail", arrived(event))).toMatchObject([{ error: { name: error } }]);
    await desk.close();
  });
});

describe.each([full, packagedStage("cloned")])("the roles of the variant $variant.name", (stage) => {
  const grants = rolesOf(stage).flatMap((role) =>
    role.grants.map((grant) => [role.name, grant.action, grant.resource]),
  );

  test("name no wildcard but below a prefix, or the streams of a log", () => {
    for (const [name, action, resource = ""] of grants)
      expect(`${name} ${action} ${resource}`).toMatch(
        /^[a-z-]+ [a-z0-9]+:[A-Za-z]+ arn:aws:[^*]+(?:\/mail\/\*|:log-group:[^*]+:\*)?$/,
      );
  });

  test("trap 1.20, sending as anybody: let no function send mail", () => {
    expect(grants.filter(([, action]) => action?.startsWith("ses:"))).toEqual([]);
  });

  test("of the feedback functions let them reach neither mails nor topics", () => {
    const feedback = grants.filter(([name]) => name?.startsWith("record-"));
    expect(new Set(feedback.map(([, action]) => action?.split(":")[0]))).toEqual(new Set(["logs", "sqs", "dynamodb"]));
  });
});
