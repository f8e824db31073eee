import type { StackPlace } from "./template.ts";

/** How CloudFormation names one type of resource. */
interface Naming {
  /** The property with a literal name. */
  readonly name?: string;
  /** The ARN by that name. */
  readonly arn?: (name: string, place: StackPlace) => string;
  /** What `Ref` gives, where that is not the name. */
  readonly ref?: (name: string, place: StackPlace) => string;
}

const regional =
  (service: string, prefix = "") =>
  (name: string, { region, account }: StackPlace) =>
    `arn:aws:${service}:${region}:${account}:${prefix}${name}`;

const topicArn = regional("sns");
const queueUrl = (name: string, { region, account }: StackPlace) =>
  `https://sqs.${region}.amazonaws.com/${account}/${name}`;

/** The types whose names or ARNs a template of ours refers to. */
const NAMINGS: Readonly<Record<string, Naming>> = {
  "AWS::S3::Bucket": { name: "BucketName", arn: (name) => `arn:aws:s3:::${name}` },
  "AWS::SNS::Topic": { name: "TopicName", arn: topicArn, ref: topicArn },
  "AWS::SQS::Queue": { name: "QueueName", arn: regional("sqs"), ref: queueUrl },
  "AWS::DynamoDB::Table": { name: "TableName", arn: regional("dynamodb", "table/") },
  "AWS::Lambda::Function": { name: "FunctionName", arn: regional("lambda", "function:") },
  "AWS::IAM::Role": { name: "RoleName", arn: (name, { account }) => `arn:aws:iam::${account}:role/${name}` },
  // The ARN of a log group stands for its streams, too.
  "AWS::Logs::LogGroup": {
    name: "LogGroupName",
    arn: (name, place) => `${regional("logs", "log-group:")(name, place)}:*`,
  },
  "AWS::CloudWatch::Alarm": { name: "AlarmName", arn: regional("cloudwatch", "alarm:") },
  "AWS::SES::ReceiptRuleSet": { name: "RuleSetName" },
  "AWS::SES::ConfigurationSet": { name: "Name" },
  "AWS::SES::EmailIdentity": { name: "EmailIdentity" },
};

/** The property that may hold a literal name. */
export function nameProperty(type: string): string | undefined {
  return NAMINGS[type]?.name;
}

/** What `Ref` gives for a resource of this name. */
export function refOf(type: string, name: string, place: StackPlace): string {
  return NAMINGS[type]?.ref?.(name, place) ?? name;
}

/** What `Fn::GetAtt` gives; attributes that AWS makes up are a stable text in their place. */
export function attributeOf(type: string, name: string, attribute: string, place: StackPlace): string {
  if (attribute === "Arn") {
    const arn = NAMINGS[type]?.arn;
    if (arn === undefined) throw new Error(`expected a type whose ARN is known, got ${type}`);
    return arn(name, place);
  }
  return attribute === "QueueName" ? name : `${name}.${attribute}`;
}
