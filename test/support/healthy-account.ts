import type { ReceiptRule } from "../../shared/receipt/receipt-rule.ts";
import { OUTPUTS } from "./deployment-outputs.ts";
import type { Answers } from "./fake-account.ts";
import { ourRule } from "./receipt-rules.ts";

const TOKENS = ["aaa", "bbb", "ccc"] as const;

const RULE = `arn:aws:ses:eu-west-1:${OUTPUTS.Account}:receipt-rule-set/*:receipt-rule/${OUTPUTS.ReceiptRule}`;
const SET = `arn:aws:ses:eu-west-1:${OUTPUTS.Account}:configuration-set/${OUTPUTS.ConfigurationSet}`;

/** A policy that lets SES in for one source of the account. */
export function sesPolicy(action: string, resource: string, sourceArn: string) {
  const Condition = { StringEquals: { "AWS:SourceAccount": OUTPUTS.Account }, ArnLike: { "AWS:SourceArn": sourceArn } };
  const Principal = { Service: "ses.amazonaws.com" };
  return { Statement: [{ Effect: "Allow", Principal, Action: action, Resource: resource, Condition }] };
}

const policy = (...words: Parameters<typeof sesPolicy>) => JSON.stringify(sesPolicy(...words));

/** A rule as SES's API has it. */
export function wireRule({ name, enabled, tlsPolicy, scanEnabled, recipients, actions }: ReceiptRule) {
  return {
    Name: name,
    Enabled: enabled,
    TlsPolicy: tlsPolicy,
    ScanEnabled: scanEnabled,
    Recipients: recipients,
    Actions: actions.map(({ type, settings }) => ({ [type]: settings })),
  };
}

export function ruleSet(name: string, ...rules: readonly ReceiptRule[]) {
  return { Metadata: { Name: name }, Rules: rules.map(wireRule) };
}

const QUEUES: Readonly<Record<string, string>> = {
  [OUTPUTS.BounceTopic]: `arn:aws:sqs:eu-west-1:${OUTPUTS.Account}:mailroom-prod-bounces`,
  [OUTPUTS.ComplaintTopic]: `arn:aws:sqs:eu-west-1:${OUTPUTS.Account}:mailroom-prod-complaints`,
};

export function subscriptions(topic: string) {
  const endpoint = QUEUES[topic];
  const [Protocol, Endpoint] = endpoint ? ["sqs", endpoint] : ["email", "oncall@acme.example"];
  return { Subscriptions: [{ SubscriptionArn: `${topic}:1a2b`, Protocol, Endpoint, TopicArn: topic }] };
}

/** An account with the deployment `OUTPUTS`, and nothing wrong with it. */
export function healthyAnswers(): Answers {
  return {
    GetEmailIdentity: () => ({
      IdentityType: "DOMAIN",
      VerifiedForSendingStatus: true,
      VerificationStatus: "SUCCESS",
      ConfigurationSetName: OUTPUTS.ConfigurationSet,
      FeedbackForwardingStatus: false,
      DkimAttributes: {
        SigningEnabled: true,
        Status: "SUCCESS",
        Tokens: TOKENS,
        SigningAttributesOrigin: "AWS_SES",
        SigningHostedZone: "a1.dkim.eu-west-1.amazonses.com",
      },
      MailFromAttributes: {
        MailFromDomain: OUTPUTS.MailFromDomain,
        MailFromDomainStatus: "SUCCESS",
        BehaviorOnMxFailure: "USE_DEFAULT_VALUE",
      },
    }),
    GetIdentityVerificationAttributes: (domain) => ({
      VerificationAttributes: new Map([
        [domain, { VerificationStatus: "Success", VerificationToken: "tokenOfClassic=" }],
      ]),
    }),
    GetIdentityNotificationAttributes: (domain) => ({
      NotificationAttributes: new Map([[domain, { ForwardingEnabled: false }]]),
    }),
    GetConfigurationSetEventDestinations: () => ({
      EventDestinations: [
        {
          Name: "bounces",
          Enabled: true,
          MatchingEventTypes: ["BOUNCE"],
          SnsDestination: { TopicArn: OUTPUTS.BounceTopic },
        },
        {
          Name: "complaints",
          Enabled: true,
          MatchingEventTypes: ["COMPLAINT"],
          SnsDestination: { TopicArn: OUTPUTS.ComplaintTopic },
        },
      ],
    }),
    GetAccount: () => ({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: "HEALTHY",
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 120 },
    }),
    DescribeActiveReceiptRuleSet: () => ruleSet(OUTPUTS.ReceiptRuleSet, ourRule()),
    DescribeReceiptRuleSet: (name) => ruleSet(name, ourRule()),
    GetBucketPolicy: (bucket) => ({ Policy: policy("s3:PutObject", `arn:aws:s3:::${bucket}/mail/*`, RULE) }),
    GetPolicy: (arn) => ({ Policy: policy("lambda:InvokeFunction", arn, RULE) }),
    GetTopicAttributes: (topic) => ({ Attributes: new Map([["Policy", policy("sns:Publish", topic, SET)]]) }),
    ListSubscriptionsByTopic: subscriptions,
    GetFunctionConfiguration: (arn) => ({ FunctionName: arn.split(":").at(-1), Runtime: "nodejs24.x" }),
    ListEventSourceMappings: (name) => ({
      EventSourceMappings: [
        {
          UUID: `${name.split(":").at(-1)}-reads`,
          State: "Enabled",
          FunctionResponseTypes: ["ReportBatchItemFailures"],
        },
      ],
    }),
    GetQueueAttributes: () => ({
      Attributes: {
        ApproximateNumberOfMessages: "0",
        ApproximateNumberOfMessagesNotVisible: "0",
        MessageRetentionPeriod: "1209600",
      },
    }),
    ReceiveMessage: () => ({ Messages: [] }),
  };
}
