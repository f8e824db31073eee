import { describe, expect, test } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { type Answers, Refusal } from "../../support/fake-account.ts";
import { healthyAnswers, ruleSet, subscriptions } from "../../support/healthy-account.ts";
import { ASK, ourRule, ruleOf } from "../../support/receipt-rules.ts";
import { objects } from "../run-mailroom.ts";
import { start, wholeZone, wrong } from "./place.ts";

const SCREENING = ourRule({ actions: [ASK, ...ourRule().actions] });

const changed = (operation: string, said: object) => ({
  [operation]: (about: string) => ({ ...healthyAnswers()[operation]?.(about), ...said }),
});

describe("a deployment with nothing wrong", () => {
  test("is told in one line a check, status 0", async () => {
    const place = await start();
    const { status, stdout, stderr } = await place.doctor(await wholeZone(place));
    expect([status, stderr]).toEqual([0, "0 errors, 0 warnings, 27 in order\n"]);
    expect(stdout).toBe(`Good to know
  port-25              to send by SMTP, connect to SES on port 587, 465 or 2587
                       The outbound port 25 is closed on EC2 and in Lambda by default: connections to it hang until they time out.

In order
  region               SES receives mail in eu-west-1
  mx                   mail for mail.acme.example comes to SES in eu-west-1
  dmarc                DMARC: v=DMARC1; p=quarantine
  identity             mail.acme.example is verified
  dkim                 what mail.acme.example sends is signed with DKIM
  mail-from            envelope senders are at bounce.mail.acme.example, and SPF lets SES send for them
  rule-set             the active receipt rule set mailroom-prod has our rule
  rule                 the receipt rule mailroom-prod-store is enabled, scans, stores the mail and then calls process-mail
  bucket-policy        the bucket mailroom-prod-mailbucket-1a2b3c lets SES in, for mailroom-prod-store alone
  lambda-permission    the function mailroom-prod-process-mail lets SES in, for mailroom-prod-store alone
  runtime              nodejs24.x is supported until 2028-04-30
  feedback             bounces and complaints are told by events
  topic-policy         the topic mailroom-prod-bounces lets SES in, for mailroom-prod alone
  topic-policy         the topic mailroom-prod-complaints lets SES in, for mailroom-prod alone
  feedback-queue       bounces that SES tells come into their queue
  feedback-queue       complaints that SES tells come into their queue
  queue-reader         mailroom-prod-record-bounce takes bounces from their queue
  queue-reader         mailroom-prod-record-complaint takes complaints from their queue
  alert-subscriptions  the topic default tells 1 subscriber
  alert-subscriptions  the topic operator tells 1 subscriber
  alert-subscriptions  the topic oncall tells 1 subscriber
  sandbox              the account may send to everybody from eu-west-1
  sending              sending is on, and the account in good standing
  quota                120 of 50,000 mails sent in 24 hours, 14 a second at most
  dead-letters         no mails that were not processed are waiting
  dead-letters         no bounces that were not recorded are waiting
  dead-letters         no complaints that were not recorded are waiting
`);
  });

  test("--json: one object a finding", async () => {
    const place = await start();
    expect(objects(await place.doctor(await wholeZone(place), "--json"))[1]).toEqual({
      check: "mx",
      level: "ok",
      what: "mail for mail.acme.example comes to SES in eu-west-1",
      why: null,
      mend: null,
    });
  });

  test("nothing is asked that changes anything", async () => {
    const place = await start();
    await place.doctor(await wholeZone(place));
    expect(place.account.asked.filter((call) => !/^(?:Get|List|Describe)/.test(call))).toEqual([]);
  });
});

describe("what is wrong is told, the worst first, with what mends it", () => {
  test("a deployment whose mail goes elsewhere", async () => {
    const place = await start({ GetAccount: () => ({ ProductionAccessEnabled: false, SendingEnabled: true }) });
    const zone = (await wholeZone(place)).replace(/^mail\.acme.*$/m, "mail.acme.example. MX 5 mx.partner.example.");
    const { status, stdout, stderr } = await place.doctor(zone);
    expect([status, stderr]).toEqual([1, "1 error, 2 warnings, 24 in order\n"]);
    expect(stdout).toContain(`Errors
  mx                   mail for mail.acme.example goes to 5 mx.partner.example
                       It does not come to SES, so Mailroom never sees it.
                       mail.acme.example. 300 IN MX 10 inbound-smtp.eu-west-1.amazonaws.com.

Warnings
  sandbox              the account is in the sandbox in eu-west-1
                       Mail comes in all the same. SES sends only to verified addresses and to its simulator, 200 mails a day, one a second.
                       in SES's console: Account dashboard, Request production access
`);
  });

  const policy = (operation: string, statement: object) =>
    changed(operation, { Policy: JSON.stringify({ Statement: [statement] }) });
  const waiting = { ApproximateNumberOfMessages: "3", MessageRetentionPeriod: "1209600" };

  test.each<[title: string, said: Partial<Answers>, expected: readonly string[]]>([
    [
      "SES does not know the domain",
      { GetEmailIdentity: () => new Refusal("NotFoundException") },
      ["identity error", "feedback warning"],
    ],
    [
      "the domain is not verified",
      changed("GetEmailIdentity", { VerifiedForSendingStatus: false, VerificationStatus: "PENDING" }),
      ["identity error"],
    ],
    ["no rule set is active", { DescribeActiveReceiptRuleSet: () => ({}) }, ["rule-set error"]],
    [
      "another rule set is active",
      { DescribeActiveReceiptRuleSet: () => ruleSet("acme", ruleOf("other")) },
      ["rule-set error"],
    ],
    [
      "our rule is merged into another set",
      { DescribeActiveReceiptRuleSet: () => ruleSet("acme", ruleOf("other"), ourRule()) },
      [],
    ],
    [
      "our rule is disabled",
      { DescribeActiveReceiptRuleSet: () => ruleSet(OUTPUTS.ReceiptRuleSet, ourRule({ enabled: false })) },
      ["rule error"],
    ],
    [
      "there is no bucket policy",
      { GetBucketPolicy: () => new Refusal("NoSuchBucketPolicy") },
      ["bucket-policy error"],
    ],
    [
      "the bucket lets all of SES in",
      policy("GetBucketPolicy", {
        Effect: "Allow",
        Principal: { Service: "ses.amazonaws.com" },
        Action: "s3:*",
        Resource: "*",
      }),
      ["bucket-policy warning"],
    ],
    [
      "the functions have no permission",
      { GetPolicy: () => new Refusal("ResourceNotFoundException") },
      ["lambda-permission error"],
    ],
    [
      "the functions have no permission, and the rule screens, too",
      {
        GetPolicy: () => new Refusal("ResourceNotFoundException"),
        DescribeActiveReceiptRuleSet: () => ruleSet(OUTPUTS.ReceiptRuleSet, SCREENING),
        DescribeReceiptRuleSet: (name) => ruleSet(name, SCREENING),
      },
      ["lambda-permission error", "lambda-permission error"],
    ],
    [
      "the topics let nobody in",
      { GetTopicAttributes: () => ({ Attributes: new Map() }) },
      ["topic-policy error", "topic-policy error"],
    ],
    [
      "nothing reads the queues",
      { ListEventSourceMappings: () => ({ EventSourceMappings: [{ UUID: "1-a", State: "Disabled" }] }) },
      ["queue-reader error", "queue-reader error"],
    ],
    ["a runtime that is too old", changed("GetFunctionConfiguration", { Runtime: "nodejs18.x" }), ["runtime warning"]],
    [
      "complaints are not told",
      {
        GetConfigurationSetEventDestinations: () => ({
          EventDestinations: [
            {
              Name: "all",
              Enabled: true,
              MatchingEventTypes: ["BOUNCE"],
              SnsDestination: { TopicArn: OUTPUTS.BounceTopic },
            },
          ],
        }),
      },
      ["feedback error"],
    ],
    [
      "the configuration set is gone",
      { GetConfigurationSetEventDestinations: () => new Refusal("NotFoundException") },
      ["feedback error"],
    ],
    [
      "sending has been stopped",
      {
        GetAccount: () => ({
          ProductionAccessEnabled: true,
          SendingEnabled: false,
          EnforcementStatus: "SHUTDOWN",
          SendQuota: { Max24HourSend: -1 },
        }),
      },
      ["sending error"],
    ],
    [
      "what failed is waiting",
      { GetQueueAttributes: () => ({ Attributes: waiting }) },
      ["dead-letters error", "dead-letters error", "dead-letters error"],
    ],
  ])("%s", async (_, said, expected) => {
    expect(await wrong(await start(said))).toEqual(expected);
  });

  test("a subscription that nobody confirmed, on a second page", async () => {
    const pending = { SubscriptionArn: "PendingConfirmation", Protocol: "email", Endpoint: "new@acme.example" };
    let page = 0;
    const place = await start({
      ListSubscriptionsByTopic: (topic) => {
        if (!topic.endsWith("-oncall")) return subscriptions(topic);
        page += 1;
        return page % 2 === 1 ? { ...subscriptions(topic), NextToken: "more" } : { Subscriptions: [pending] };
      },
    });
    expect(await wrong(place)).toEqual(["alert-subscriptions warning"]);
  });

  test.each([
    ["has gone", "Deleted", "alert-subscriptions warning"],
    ["is not confirmed", "PendingConfirmation", "alert-subscriptions error"],
  ])("a subscription that %s is no listener", async (_, SubscriptionArn, alerts) => {
    const place = await start({
      ListSubscriptionsByTopic: (topic) => ({
        Subscriptions: subscriptions(topic).Subscriptions.map((each) => ({
          ...each,
          ...(topic.endsWith("-oncall") || topic === OUTPUTS.BounceTopic ? { SubscriptionArn } : {}),
        })),
      }),
    });
    expect(await wrong(place)).toEqual(["feedback-queue error", alerts]);
  });

  test("dead letters: how many, since when, how long they are kept, and how they are handed back", async () => {
    const sent = Date.now() - 2 * 86_400_000;
    const place = await start({
      GetQueueAttributes: (url) => ({ Attributes: url.endsWith("unprocessed-mail") ? waiting : {} }),
      ReceiveMessage: () => ({
        Messages: [sent, sent + 5_000].map((time) => ({
          MessageId: `m-${time}`,
          Body: "",
          MD5OfBody: "d41d8cd98f00b204e9800998ecf8427e",
          Attributes: { SentTimestamp: String(time) },
        })),
      }),
    });
    const [found] = objects(await place.doctor(await wholeZone(place), "--json")).filter(
      ({ level }) => level === "error",
    );
    expect(found).toEqual({
      check: "dead-letters",
      level: "error",
      what: `3 events of mails that were not processed are waiting, the oldest seen since ${new Date(sent).toISOString()}`,
      why: "It is lost in 11 days unless it is handed back.",
      mend: "npm run mailroom -- redrive --stage prod",
    });
  });

  test("a command is quoted for the shell", async () => {
    const place = await start({
      DescribeActiveReceiptRuleSet: () =>
        ruleSet(OUTPUTS.ReceiptRuleSet, ourRule({ enabled: false, recipients: ["o'hara@mail.acme.example"] })),
      DescribeReceiptRuleSet: (name) =>
        ruleSet(name, ourRule({ enabled: false, recipients: ["o'hara@mail.acme.example"] })),
    });
    const [found] = objects(await place.doctor(await wholeZone(place), "--json")).filter(
      ({ check, level }) => check === "rule" && level === "error",
    );
    expect(found?.["mend"]).toContain(String.raw`"Recipients":["o'\''hara@mail.acme.example"]`);
  });

  test("records that are missing, each as a line of a zone file", async () => {
    const place = await start();
    const zone = `${OUTPUTS.Domain}. TXT x\nacme.example. TXT x`;
    const [{ mend } = {}] = objects(await place.doctor(zone, "--json")).filter(({ check }) => check === "dkim");
    expect(mend).toBe(
      ["aaa", "bbb", "ccc"]
        .map((token) => `${token}._domainkey.mail.acme.example. 300 IN CNAME ${token}.a1.dkim.eu-west-1.amazonses.com.`)
        .join("\n"),
    );
    expect(await wrong(place, zone)).toEqual([
      "mx error",
      "dmarc warning",
      "dkim error",
      "mail-from error",
      "mail-from error",
    ]);
  });

  test("each domain of recipients has to be verified", async () => {
    const known = new Map([
      ["mail.acme.example", true],
      ["acme.test", false],
      ["partner.example", true],
    ]);
    const place = await start(
      {
        GetEmailIdentity: (domain) =>
          known.has(domain) ? { VerifiedForSendingStatus: known.get(domain) } : new Refusal("NotFoundException"),
      },
      { Recipients: "[in.mail.acme.example,acme.test,a@in.partner.example,acme.example]" },
    );
    const found = objects(await place.doctor(await wholeZone(place), "--json"));
    expect(found.filter(({ check }) => check === "identity").map(({ level, what }) => `${level}: ${what}`)).toEqual([
      "ok: mail.acme.example is verified",
      "error: acme.test is not verified (not told)",
      "info: in.partner.example is verified as a part of partner.example",
      "error: SES does not know acme.example in eu-west-1",
    ]);
  });

  test("a zone file is not asked for what is not in it", async () => {
    const place = await start({}, { Recipients: `[${OUTPUTS.Domain},acme.test]` });
    const zone = (await wholeZone(place)).replaceAll(/^(?:acme\.test|_dmarc).*$/gm, "");
    const { status, stdout } = await place.doctor(zone);
    expect(status).toBe(0);
    expect(stdout).toContain(`Good to know
  mx                   not checked: acme.test is not in the zone file
                       It is about other names: what DNS says of this one is not known.
  dmarc                not checked: _dmarc.acme.example is not in the zone file
`);
  });

  test("only mail of the recipients has to come to SES", async () => {
    const place = await start({}, { Recipients: "[desk@in.acme.example,.acme.test]" });
    const zone = (await wholeZone(place)).replace(/^in\.acme.*$/m, `${OUTPUTS.Domain}. MX 5 mx.partner.example.`);
    const mx = objects(await place.doctor(`${zone}in.acme.example. TXT x`, "--json")).filter(
      ({ check }) => check === "mx",
    );
    expect(mx.map(({ level, what }) => `${level}: ${what}`)).toEqual([
      "error: in.acme.example has no MX record",
      "info: the MX records of subdomains of acme.test are not looked at",
    ]);
  });
});
