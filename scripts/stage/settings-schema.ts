import * as z from "zod";

// What a stage may say, parameter by parameter. What goes wrong at AWS half an hour later is told here.

const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/** `mail.example.com`, `.example.com` or `desk@example.com`: all that SES's recipient conditions know (SES fact 1.6). */
const CONDITION = /^(?:[^\s@*]+@|\.)?(?:[a-z0-9-]+\.)+[a-z0-9-]+$/i;
/** SES takes no more in one rule (SES fact 1.3). */
const MAX_RECIPIENTS = 500;
/** The functions get their ARNs in one variable, and Lambda takes 4 KB of variables (SES fact 6.2). */
const MAX_TOPICS = 20;

const email = z.string().regex(/^$|^[^\s@]+@[^\s@]+\.[^\s@]+$/, "an e-mail address, or nothing");

const arn = (service: string, rest: RegExp, what: string) =>
  z.string().regex(new RegExp(String.raw`^$|^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\d{12}:${rest.source}$`), what);

/** What `--param` gives on the command line is text. */
const fromText = <Schema extends z.ZodType>(read: (text: string) => unknown, schema: Schema) =>
  z.preprocess((value) => (typeof value === "string" ? read(value) : value), schema);

const flag = fromText((text) => (text === "true" ? true : text === "false" ? false : text), z.boolean("true or false"));

function between(what: string, least: number, most: number) {
  const wrong = `${what} from ${least} to ${most}`;
  const number = z.number(wrong).int(wrong).min(least, wrong).max(most, wrong);
  return fromText((text) => (/^\d{1,9}$/.test(text) ? Number(text) : text), number);
}

const days = (least: number) => between("a number of days", least, 36_500);

export const settingsSchema = z.strictObject({
  folder: z.string().min(1),
  /** Names of parameters that the stage says, and of all that there are. */
  said: z.array(z.string()),
  known: z.array(z.string()),
  /** Whether it is to be deployed, rather than looked at. */
  deploys: z.boolean(),
  /** Names of queues and rules are made of it; rule names have at most 64 characters (SES fact 1.4). */
  stage: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, "at most 20 small letters, digits and dashes, a letter first"),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, "an AWS region, such as eu-west-1"),
  domain: z.string().regex(DOMAIN, "a domain in small letters, such as mail.example.com"),
  recipients: z
    .array(z.string().regex(CONDITION, "a domain, .domain or an address; SES knows no wildcards"), "a list")
    .max(MAX_RECIPIENTS, `${MAX_RECIPIENTS} recipients at most`),
  catchAll: flag,
  topics: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "a name of letters, digits, - and _"), "a list of names")
    .max(MAX_TOPICS, `${MAX_TOPICS} topics at most`),
  alertEmail: email,
  operatorEmail: email,
  rulesSource: z.enum(["bundle", "s3"], "bundle or s3"),
  screening: z.enum(["none", "beforeStoring"], "none or beforeStoring"),
  tlsPolicy: z.enum(["Optional", "Require"], "Optional or Require"),
  rawMailDays: days(1),
  recordDays: days(40),
  logDays: days(1),
  memory: between("megabytes", 256, 10_240),
  identity: z.enum(["create", "existing"], "create or existing"),
  mailFromSubdomain: z.string().regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, "one label of a domain, such as bounce"),
  dmarcPolicy: z.string().regex(/^v=DMARC1; *p=(?:none|quarantine|reject)\b/, "a policy, such as v=DMARC1; p=none"),
  feedbackByEmail: flag,
  hostedZoneId: z.string().regex(/^$|^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as Z0123456789ABC, or nothing"),
  // IAM does not look behind an alias: mail would be stored that no function may read.
  mailKeyArn: arn("kms", /key\/[0-9a-f-]+/, "the ARN of a KMS key (arn:aws:kms:…:key/…, no alias), or nothing"),
  verpSecretArn: arn("secretsmanager", /secret:.+/, "the ARN of a secret in Secrets Manager, or nothing"),
  watchedRuleSet: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, "the name of a receipt rule set"),
  noMailHours: between("a number of hours", 0, 24),
});

export type StageSettings = z.output<typeof settingsSchema>;
