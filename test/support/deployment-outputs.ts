const REGION = "eu-west-1";
const ACCOUNT = "123456789012";

const arn = (service: string, name: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${name}`;
const queue = (name: string) => `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;

/** The outputs of a deployment's stack `mailroom-prod`, as CloudFormation has them. The account is the one that moto knows. */
export const OUTPUTS = {
  Stage: "prod",
  Region: REGION,
  Account: ACCOUNT,
  Domain: "mail.acme.example",
  Recipients: "[mail.acme.example,desk@acme.example]",
  MailBucket: "mailroom-prod-mailbucket-1a2b3c",
  MailPrefix: "mail/",
  ConfigBucket: "mailroom-prod-configbucket-1a2b3c",
  RulesSource: "s3",
  MailTable: "mailroom-prod-MailTable-1A2B3C",
  RecordDays: "400",
  SuppressionTable: "mailroom-prod-SuppressionTable-1A2B3C",
  AlertTopics: [
    `default=${arn("sns", "mailroom-prod-default")}`,
    `operator=${arn("sns", "mailroom-prod-operator")}`,
    `oncall=${arn("sns", "mailroom-prod-oncall")}`,
  ].join(","),
  BounceTopic: arn("sns", "mailroom-prod-bounces"),
  ComplaintTopic: arn("sns", "mailroom-prod-complaints"),
  BounceQueue: queue("mailroom-prod-bounces"),
  ComplaintQueue: queue("mailroom-prod-complaints"),
  BounceDeadLetters: queue("mailroom-prod-bounces-dead"),
  ComplaintDeadLetters: queue("mailroom-prod-complaints-dead"),
  UnprocessedMail: queue("mailroom-prod-unprocessed-mail"),
  ProcessMailFunction: arn("lambda", "function:mailroom-prod-process-mail"),
  ScreenMailFunction: arn("lambda", "function:mailroom-prod-screen-mail"),
  RecordBounceFunction: arn("lambda", "function:mailroom-prod-record-bounce"),
  RecordComplaintFunction: arn("lambda", "function:mailroom-prod-record-complaint"),
  ReceiptRuleSet: "mailroom-prod",
  ReceiptRule: "mailroom-prod-store",
  ConfigurationSet: "mailroom-prod",
  MailFromDomain: "bounce.mail.acme.example",
  OwnsIdentity: "true",
  DmarcPolicy: "v=DMARC1; p=quarantine",
} as const;
