import * as z from "zod";

/** A list in one output: `[a,b]`. */
const list = z
  .string()
  .regex(/^\[.*\]$/)
  .transform((text) =>
    text
      .slice(1, -1)
      .split(",")
      .filter((item) => item !== ""),
  );

/** `name=arn,name=arn`, as the functions get their topics. */
const byName = z
  .string()
  .transform((text) => Object.fromEntries(text.split(",").map((pair) => pair.split("=", 2) as [string, string])));

const name = z.string().min(1);

/**
 * The outputs of a deployment's stack, as `infra/outputs.yml` has them: what the commands need to know of it.
 *
 * Names of stores are made by CloudFormation, so they are known from here alone.
 */
export const outputsSchema = z.object({
  Stage: name,
  Region: name,
  Account: name,
  Domain: name,
  /** The receipt rule's conditions; empty: every recipient of every verified domain. */
  Recipients: list,
  MailBucket: name,
  /** Ends with a slash. */
  MailPrefix: name,
  /** Holds rules.yml, where rules come from S3, and what the commands keep. */
  ConfigBucket: name,
  RulesSource: z.enum(["bundle", "s3"]),
  MailTable: name,
  /** Days that an entry of the mail table is kept after its last change. */
  RecordDays: z.coerce.number().int().positive(),
  SuppressionTable: name,
  /** ARNs by short name; `default` and `operator` are among them. */
  AlertTopics: byName,
  BounceTopic: name,
  ComplaintTopic: name,
  /** URLs. */
  BounceQueue: name,
  ComplaintQueue: name,
  BounceDeadLetters: name,
  ComplaintDeadLetters: name,
  /** Events that process-mail failed on, as Lambda's on-failure destination. URL. */
  UnprocessedMail: name,
  /** ARNs. */
  ProcessMailFunction: name,
  ScreenMailFunction: name,
  RecordBounceFunction: name,
  RecordComplaintFunction: name,
  ReceiptRuleSet: name,
  ReceiptRule: name,
  ConfigurationSet: name,
  MailFromDomain: name,
  /** Whether the stack itself made the identity of the domain. */
  OwnsIdentity: z.enum(["true", "false"]).transform((text) => text === "true"),
  DmarcPolicy: name,
});

export type Deployment = Readonly<z.output<typeof outputsSchema>>;
