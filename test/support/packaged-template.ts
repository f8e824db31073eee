// biome-ignore-all lint/suspicious/noTemplateCurlyInString: CloudFormation replaces them.
import type { Template } from "../../cli/deployment/template.ts";
import { OUTPUTS } from "./deployment-outputs.ts";

type Resource = Template["Resources"][string] & { readonly Properties: Readonly<Record<string, unknown>> };

const get = (logicalId: string, attribute = "Arn") => ({ "Fn::GetAtt": [logicalId, attribute] });
const ref = (logicalId: string) => ({ Ref: logicalId });
const kept = (Type: string, Properties: object = {}) => ({
  Type,
  DeletionPolicy: "Retain",
  Properties: { ...Properties },
});
const made = (Type: string, Properties: object) => ({ Type, Properties: { ...Properties } });
const name = (rest: string) => `mailroom-prod-${rest}`;
const from = (source: string) => ({
  "Fn::Sub": `arn:\${AWS::Partition}:ses:\${AWS::Region}:\${AWS::AccountId}:${source}`,
});

const OUR_RULE = from(`receipt-rule-set/*:receipt-rule/${OUTPUTS.ReceiptRule}`);
const ACCOUNT = { StringEquals: { "aws:SourceAccount": ref("AWS::AccountId") } };
const PRIVATE = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const BUCKET = { PublicAccessBlockConfiguration: PRIVATE, VersioningConfiguration: { Status: "Enabled" } };
const FUNCTIONS = {
  ProcessMail: "process-mail",
  ScreenMail: "screen-mail",
  RecordBounce: "record-bounce",
  RecordComplaint: "record-complaint",
};

const ses = (action: string, resource: unknown, condition: object) => ({
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "ses.amazonaws.com" },
      Action: action,
      Resource: resource,
      Condition: { ...ACCOUNT, ...condition },
    },
  ],
});

/** One way of feedback: from the configuration set to its queue. */
function feedback(kind: "Bounce" | "Complaint"): Readonly<Record<string, Resource>> {
  const topic = ref(`${kind}Topic`);
  const set = { ArnEquals: { "aws:SourceArn": from(`configuration-set/${OUTPUTS.ConfigurationSet}`) } };
  return {
    [`${kind}Topic`]: made("AWS::SNS::Topic", { TopicName: name(`${kind.toLowerCase()}s`) }),
    [`${kind}TopicPolicy`]: made("AWS::SNS::TopicPolicy", {
      Topics: [topic],
      PolicyDocument: ses("sns:Publish", topic, set),
    }),
    [`${kind}Events`]: made("AWS::SES::ConfigurationSetEventDestination", {
      ConfigurationSetName: ref("ConfigurationSet"),
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: [kind.toLowerCase()],
        SnsDestination: { TopicARN: topic },
      },
    }),
    [`${kind}Subscription`]: made("AWS::SNS::Subscription", {
      TopicArn: topic,
      Protocol: "sqs",
      Endpoint: get(`${kind}Queue`),
    }),
    [`${kind}Reads`]: made("AWS::Lambda::EventSourceMapping", {
      EventSourceArn: get(`${kind}Queue`),
      FunctionName: get(`Record${kind}`),
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
    [`${kind}Queue`]: made("AWS::SQS::Queue", {
      QueueName: name(`${kind.toLowerCase()}s`),
      RedrivePolicy: { deadLetterTargetArn: get(`${kind}DeadLetters`), maxReceiveCount: 5 },
    }),
    [`${kind}DeadLetters`]: made("AWS::SQS::Queue", {
      QueueName: name(`${kind.toLowerCase()}s-dead`),
      MessageRetentionPeriod: 1_209_600,
    }),
  };
}

const permission = (logicalId: string) =>
  made("AWS::Lambda::Permission", {
    FunctionName: get(logicalId),
    Action: "lambda:InvokeFunction",
    Principal: "ses.amazonaws.com",
    SourceAccount: ref("AWS::AccountId"),
    SourceArn: OUR_RULE,
  });

const RESOURCES: Readonly<Record<string, Resource>> = {
  MailBucket: kept("AWS::S3::Bucket", {
    ...BUCKET,
    LifecycleConfiguration: {
      Rules: [
        { Status: "Enabled", Prefix: "mail/", ExpirationInDays: 365 },
        { Status: "Enabled", NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
      ],
    },
  }),
  ConfigBucket: kept("AWS::S3::Bucket", BUCKET),
  MailBucketPolicy: kept("AWS::S3::BucketPolicy", {
    Bucket: ref("MailBucket"),
    PolicyDocument: ses(
      "s3:PutObject",
      { "Fn::Sub": "${MailBucket.Arn}/mail/*" },
      { ArnLike: { "aws:SourceArn": OUR_RULE } },
    ),
  }),
  MailTable: kept("AWS::DynamoDB::Table"),
  SuppressionTable: kept("AWS::DynamoDB::Table"),
  ...Object.fromEntries(
    Object.entries(FUNCTIONS).flatMap(([logicalId, file]) => [
      [logicalId, made("AWS::Lambda::Function", { FunctionName: name(file), Runtime: "nodejs24.x" })],
      [
        `${logicalId}Logs`,
        made("AWS::Logs::LogGroup", { LogGroupName: `/aws/lambda/${name(file)}`, RetentionInDays: 90 }),
      ],
    ]),
  ),
  ProcessMailInvokes: made("AWS::Lambda::EventInvokeConfig", {
    FunctionName: ref("ProcessMail"),
    DestinationConfig: { OnFailure: { Destination: get("UnprocessedMail") } },
  }),
  UnprocessedMail: made("AWS::SQS::Queue", { QueueName: name("unprocessed-mail"), MessageRetentionPeriod: 1_209_600 }),
  ReceiptRuleSet: made("AWS::SES::ReceiptRuleSet", { RuleSetName: OUTPUTS.ReceiptRuleSet }),
  SesCallsProcessMail: permission("ProcessMail"),
  SesCallsScreenMail: permission("ScreenMail"),
  StoreRule: {
    Type: "AWS::SES::ReceiptRule",
    DependsOn: ["MailBucketPolicy", "SesCallsProcessMail"],
    Properties: {
      RuleSetName: ref("ReceiptRuleSet"),
      Rule: {
        Name: OUTPUTS.ReceiptRule,
        Enabled: true,
        ScanEnabled: true,
        Actions: [
          { S3Action: { BucketName: ref("MailBucket"), ObjectKeyPrefix: "mail/" } },
          { LambdaAction: { FunctionArn: get("ProcessMail"), InvocationType: "Event" } },
        ],
      },
    },
  },
  ConfigurationSet: made("AWS::SES::ConfigurationSet", { Name: OUTPUTS.ConfigurationSet }),
  ...feedback("Bounce"),
  ...feedback("Complaint"),
  Identity: made("AWS::SES::EmailIdentity", {
    EmailIdentity: OUTPUTS.Domain,
    ConfigurationSetAttributes: { ConfigurationSetName: ref("ConfigurationSet") },
    FeedbackAttributes: { EmailForwardingEnabled: false },
  }),
};

/** What the outputs are made of. */
const VALUES = {
  ...OUTPUTS,
  Region: ref("AWS::Region"),
  Account: ref("AWS::AccountId"),
  ...Object.fromEntries(
    [
      "MailBucket",
      "ConfigBucket",
      "MailTable",
      "SuppressionTable",
      "BounceTopic",
      "ComplaintTopic",
      "BounceQueue",
      "ComplaintQueue",
      "BounceDeadLetters",
      "ComplaintDeadLetters",
      "UnprocessedMail",
      "ConfigurationSet",
    ].map((id) => [id, ref(id)]),
  ),
  ProcessMailFunction: get("ProcessMail"),
  ScreenMailFunction: get("ScreenMail"),
  RecordBounceFunction: get("RecordBounce"),
  RecordComplaintFunction: get("RecordComplaint"),
};

/** Properties of one resource that are not as they should be; or `undefined`: it is not there. */
export type Changes = Readonly<Record<string, { readonly [Key in keyof Resource]?: unknown } | undefined>>;

/** The template of stage prod as far as `doctor` looks at it, with nothing wrong but what is said. */
export function packagedTemplate(changes: Changes = {}): object {
  const resources: Record<string, object> = { ...RESOURCES };
  for (const [logicalId, change] of Object.entries(changes)) {
    const { Properties, ...rest } = RESOURCES[logicalId] ?? { Properties: {} };
    if (change === undefined) delete resources[logicalId];
    else resources[logicalId] = { ...rest, ...change, Properties: { ...Properties, ...(change.Properties ?? {}) } };
  }
  const outputs = Object.entries(VALUES).map(([key, Value]) => [key, { Value }]);
  return { Resources: resources, Outputs: Object.fromEntries(outputs) };
}
