import { randomUUID } from "node:crypto";
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateReceiptRuleCommand,
  CreateReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
  SetIdentityNotificationTopicCommand,
} from "@aws-sdk/client-ses";
import { CreateEmailIdentityCommand, SESv2Client } from "@aws-sdk/client-sesv2";
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeAll, expect, test, vi } from "vitest";
import { type Deployment, outputsSchema } from "../../cli/deployment/outputs.ts";
import { examineAll } from "../../cli/doctor/examine.ts";
import type { Finding } from "../../cli/doctor/finding.ts";
import { openClients } from "../../cli/doctor/live/clients.ts";
import { deploymentExaminations } from "../../cli/doctor/live/examinations.ts";
import { subjectOf } from "../../cli/doctor/subject.ts";
import { zoneResolver } from "../../shared/dns/zone-resolver.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { OUTPUTS } from "../support/deployment-outputs.ts";
import { sesPolicy, wireRule } from "../support/healthy-account.ts";
import { ourRule } from "../support/receipt-rules.ts";
import { MOTO } from "./endpoint.ts";

// What `doctor` finds in an account that moto keeps. Functions are left out: moto makes none without a role, and its rules call none that is not
// there.

const id = randomUUID().slice(0, 8);
const name = (what: string) => `doctor-${id}-${what}`;
let findings: readonly Finding[];

beforeAll(async () => {
  for (const [key, value] of Object.entries({
    AWS_ENDPOINT_URL: MOTO.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  }))
    vi.stubEnv(key, value);
  using clients = openClients(MOTO.region);
  const around = { clients, resolver: zoneResolver([]), clock: systemClock };
  findings = await examineAll(deploymentExaminations(subjectOf(await deploy(), undefined), around));
  vi.unstubAllEnvs();
});

/** A deployment as far as moto goes, with one complaint that could not be recorded. */
async function deploy(): Promise<Deployment> {
  const [sns, sqs] = [new SNSClient(MOTO), new SQSClient(MOTO)];
  const topic = async (what: string) => (await sns.send(new CreateTopicCommand({ Name: name(what) }))).TopicArn ?? "";
  const queue = async (what: string) =>
    (await sqs.send(new CreateQueueCommand({ QueueName: name(what) }))).QueueUrl ?? "";
  const deployment = outputsSchema.parse({
    ...OUTPUTS,
    Region: MOTO.region,
    Domain: `${id}.acme.example`,
    Recipients: `[${id}.acme.example]`,
    MailBucket: name("mail"),
    ReceiptRuleSet: name("set"),
    AlertTopics: `default=${await topic("default")}`,
    BounceTopic: await topic("bounces"),
    ComplaintTopic: await topic("complaints"),
    BounceQueue: await queue("bounces"),
    ComplaintQueue: await queue("complaints"),
    UnprocessedMail: await queue("unprocessed"),
    BounceDeadLetters: await queue("bounces-dead"),
    ComplaintDeadLetters: await queue("complaints-dead"),
  });
  await receive(deployment);
  await tell(deployment, sns);
  await sqs.send(new SendMessageCommand({ QueueUrl: deployment.ComplaintDeadLetters, MessageBody: "{}" }));
  return deployment;
}

async function receive({ Domain, MailBucket, ReceiptRuleSet, ReceiptRule }: Deployment): Promise<void> {
  const [ses, s3] = [new SESClient(MOTO), new S3Client({ ...MOTO, forcePathStyle: true })];
  const rule = `arn:aws:ses:${MOTO.region}:${OUTPUTS.Account}:receipt-rule-set/*:receipt-rule/${ReceiptRule}`;
  await s3.send(new CreateBucketCommand({ Bucket: MailBucket }));
  const Policy = JSON.stringify(sesPolicy("s3:PutObject", `arn:aws:s3:::${MailBucket}/mail/*`, rule));
  await s3.send(new PutBucketPolicyCommand({ Bucket: MailBucket, Policy }));
  await new SESv2Client(MOTO).send(new CreateEmailIdentityCommand({ EmailIdentity: Domain }));
  await ses.send(new CreateReceiptRuleSetCommand({ RuleSetName: ReceiptRuleSet }));
  const stores = { type: "S3Action", settings: { BucketName: MailBucket, ObjectKeyPrefix: OUTPUTS.MailPrefix } };
  const Rule = wireRule(ourRule({ actions: [stores] }));
  await ses.send(new CreateReceiptRuleCommand({ RuleSetName: ReceiptRuleSet, Rule: Rule as never }));
  await ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: ReceiptRuleSet }));
}

async function tell(
  { Domain, BounceTopic, ComplaintTopic, ConfigurationSet, AlertTopics }: Deployment,
  sns: SNSClient,
) {
  const ses = new SESClient(MOTO);
  const source = `arn:aws:ses:${MOTO.region}:${OUTPUTS.Account}:configuration-set/${ConfigurationSet}`;
  for (const [NotificationType, TopicArn] of [
    ["Bounce", BounceTopic],
    ["Complaint", ComplaintTopic],
  ] as const) {
    const AttributeValue = JSON.stringify(sesPolicy("sns:Publish", TopicArn, source));
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: "Policy", AttributeValue }));
    const queue = name(NotificationType === "Bounce" ? "bounces" : "complaints");
    const Endpoint = `arn:aws:sqs:${MOTO.region}:${OUTPUTS.Account}:${queue}`;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    await ses.send(new SetIdentityNotificationTopicCommand({ Identity: Domain, NotificationType, SnsTopic: TopicArn }));
  }
  const alerts = AlertTopics["default"] ?? "";
  await sns.send(new SubscribeCommand({ TopicArn: alerts, Protocol: "email", Endpoint: "oncall@acme.example" }));
}

const told = (check: string) =>
  findings.filter((each) => each.check === check).map(({ level, what }) => `${level}: ${what}`);

test("the policies that moto keeps let SES in for us alone", () => {
  expect(told("bucket-policy")).toEqual([`ok: the bucket ${name("mail")} lets SES in, for mailroom-prod-store alone`]);
  expect(told("topic-policy")).toEqual([
    `ok: the topic ${name("bounces")} lets SES in, for mailroom-prod alone`,
    `ok: the topic ${name("complaints")} lets SES in, for mailroom-prod alone`,
  ]);
});

test("our set is the active one, and what its rule lacks is told", () => {
  expect(told("rule-set")).toEqual([`ok: the active receipt rule set ${name("set")} has our rule`]);
  expect(told("rule")).toEqual(["error: the receipt rule mailroom-prod-store does not call process-mail"]);
});

test("functions that are not there are told", () => {
  expect(told("lambda-permission")).toEqual(["error: the function mailroom-prod-process-mail does not let SES in"]);
  expect(told("runtime")).toEqual([expect.stringContaining("error: could not be checked: Function not found")]);
});

test("topics, their subscribers and queues are found", () => {
  expect(told("feedback-queue").map((line) => line.slice(0, 3))).toEqual(["ok:", "ok:"]);
  expect(told("alert-subscriptions")).toEqual(["ok: the topic default tells 1 subscriber"]);
  expect(told("dead-letters")).toEqual([
    "ok: no mails that were not processed are waiting",
    "ok: no bounces that were not recorded are waiting",
    expect.stringMatching(/^error: 1 event of complaints .+, the oldest seen since 20/),
  ]);
});

test("what moto does not know could not be checked, and all else was", () => {
  const unchecked = findings.filter(({ what }) => what.startsWith("could not be checked"));
  expect(unchecked.map(({ check }) => check)).toEqual(["runtime", "feedback", "sandbox", "sending", "quota"]);
});
