import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventFile, sesEvent } from "../support/ses-events.ts";
import { records, snsMessage, sqsRecord } from "../support/transports.ts";
import { type Desk, startDesk } from "./iam/desk.ts";
import { rolesOf } from "./iam/roles.ts";
import { packagedStage } from "./packaged-stage.ts";

// The packaged functions, with the real SDK, do all that they can do; what they ask of AWS goes through a gateway that knows only the roles of the
// packaged template. So no call is without its grant, and no grant without its call.

const full = packagedStage("full");

/** What AWS itself does in a function's name, so that no call of ours shows it. */
const IN_ITS_NAME: readonly { readonly action: RegExp; readonly why: string }[] = [
  { action: /^logs:(CreateLogStream|PutLogEvents)$/, why: "Lambda delivers what the function writes" },
  { action: /^sqs:SendMessage$/, why: "Lambda hands what failed three times to the failure destination" },
  { action: /^sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)$/, why: "Lambda takes messages from the queue" },
  { action: /^kms:Decrypt$/, why: "S3 decrypts an object under a key of yours for whoever reads it" },
];

const RULES = `
rules:
  - name: outage
    when: { keywords: [outage] }
    alert: { topic: oncall }
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
    expect(topics.sort()).toEqual(["default", "oncall", "operator"]);
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

  test("every grant was used, but for those that AWS uses in the function's name", () => {
    const unused = desk.roles.flatMap(({ name, grants }) =>
      grants
        .filter(
          (grant) => !desk.gateway.used.has(grant) && !IN_ITS_NAME.some(({ action }) => action.test(grant.action)),
        )
        .map(({ sid, action, resource }) => `${name} ${sid}: ${action} on ${resource}`),
    );
    expect(unused).toEqual([]);
  });

  test("and each of those is there, and not called by us", () => {
    const granted = desk.roles.flatMap(({ grants }) => grants);
    for (const { action, why } of IN_ITS_NAME) {
      const found = granted.filter((grant) => action.test(grant.action));
      expect([why, found.length > 0, found.some((grant) => desk.gateway.used.has(grant))]).toEqual([why, true, false]);
    }
  });
});

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
