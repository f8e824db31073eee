import { resolve } from "node:path";
import * as z from "zod/mini";
import { MIN_VERP_KEY_LENGTH } from "../feedback/verp.ts";
import { isKeyPrefix } from "../receipt/storage-key.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { topicArns, topicsByName } from "./topics.ts";

const mail = {
  /** The bucket of the receipt rule's S3 action. */
  MAILROOM_MAIL_BUCKET: z
    .string("the name of an S3 bucket")
    .check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "the name of an S3 bucket")),
  /** The S3 action's ObjectKeyPrefix. */
  MAILROOM_MAIL_PREFIX: z._default(
    z.string().check(z.refine(isKeyPrefix, "an object key prefix, such as inbound/")),
    "",
  ),
  MAILROOM_TOPICS: topicsByName,
};

const rules = {
  /** Beside the function unless absolute. */
  MAILROOM_RULES_FILE: z._default(z.string().check(z.minLength(1, "the path of a rules file")), "rules.yml"),
};

/** SNS delivers again for 23 days, a dead-letter queue keeps for 14: what comes then must not count as new (SES facts 1.13, 6.3). */
const MIN_RECORD_DAYS = 40;

const table = z
  .string("the name of a DynamoDB table")
  .check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/, "the name of a DynamoDB table"));

const feedback = {
  MAILROOM_SUPPRESSION_TABLE: table,
  /** The topics that notifications are taken from; without it, from each that may call the function. */
  MAILROOM_FEEDBACK_TOPICS: z.optional(topicArns),
};

const mailLog = {
  /** The table of the mail log. */
  MAILROOM_MAIL_TABLE: table,
  /** How long after its last change a record is kept. */
  MAILROOM_RECORD_DAYS: z._default(
    z.pipe(
      z.string().check(z.regex(/^[1-9]\d{0,4}$/, `a number of days, ${MIN_RECORD_DAYS} at least`)),
      z.pipe(
        z.transform(Number),
        z.number().check(z.gte(MIN_RECORD_DAYS, `a number of days, ${MIN_RECORD_DAYS} at least`)),
      ),
    ),
    400,
  ),
  /** The topics that announcements are taken from; without it, from each that may call the function. */
  MAILROOM_MAIL_TOPICS: z.optional(topicArns),
};

const suppression = {
  /** Beside the function unless absolute. */
  MAILROOM_SUPPRESSION_FILE: z.optional(z.string().check(z.minLength(1, "the path of a suppression file"))),
};

const returnPaths = {
  /** The secret that return paths are made with. */
  MAILROOM_VERP_KEY: z.optional(
    z.string().check(z.minLength(MIN_VERP_KEY_LENGTH, `a secret of at least ${MIN_VERP_KEY_LENGTH} characters`)),
  ),
};

const known = Object.keys({ ...mail, ...mailLog, ...rules, ...feedback, ...suppression, ...returnPaths });

export interface ProcessMailConfig {
  readonly mailBucket: string;
  readonly mailPrefix: string;
  /** The name of the mail log's table. */
  readonly mailTable: string;
  readonly recordDays: number;
  /** ARNs of the topics that announce mails. `undefined`: whatever topic may call the function. */
  readonly mailTopics: readonly string[] | undefined;
  /** Where alerts go: ARN by short name. */
  readonly topics: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly rulesFile: string;
  /** `undefined`: what mails report about ours is told in their records, and goes to no table. */
  readonly suppressionTable: string | undefined;
  readonly suppressionFile: DeployedFile;
  readonly verpKey: string | undefined;
}

/** @throws {ConfigurationError} */
export function readProcessMailConfig(env: Environment): ProcessMailConfig {
  const optionalTable = { MAILROOM_SUPPRESSION_TABLE: z.optional(table) };
  const shape = { ...mail, ...mailLog, ...rules, ...optionalTable, ...suppression, ...returnPaths };
  const read = readEnvironment(env, shape, known);
  return {
    mailBucket: read.MAILROOM_MAIL_BUCKET,
    mailPrefix: read.MAILROOM_MAIL_PREFIX,
    mailTable: read.MAILROOM_MAIL_TABLE,
    recordDays: read.MAILROOM_RECORD_DAYS,
    mailTopics: read.MAILROOM_MAIL_TOPICS,
    topics: read.MAILROOM_TOPICS,
    rulesFile: besideFunction(read.MAILROOM_RULES_FILE, env),
    suppressionTable: read.MAILROOM_SUPPRESSION_TABLE,
    suppressionFile: suppressionFile(read.MAILROOM_SUPPRESSION_FILE, env),
    verpKey: read.MAILROOM_VERP_KEY,
  };
}

export interface ScreenMailConfig {
  /** Absolute. */
  readonly rulesFile: string;
}

/** @throws {ConfigurationError} */
export function readScreenMailConfig(env: Environment): ScreenMailConfig {
  return { rulesFile: besideFunction(readEnvironment(env, rules, known).MAILROOM_RULES_FILE, env) };
}

/** Of record-bounce and record-complaint. */
export interface FeedbackConfig {
  /** The name of the suppression table. */
  readonly table: string;
  /** ARNs. `undefined`: whatever topic may call the function. */
  readonly topics: readonly string[] | undefined;
  readonly suppressionFile: DeployedFile;
}

/** @throws {ConfigurationError} */
export function readFeedbackConfig(env: Environment): FeedbackConfig {
  const read = readEnvironment(env, { ...feedback, ...suppression }, known);
  return {
    table: read.MAILROOM_SUPPRESSION_TABLE,
    topics: read.MAILROOM_FEEDBACK_TOPICS,
    suppressionFile: suppressionFile(read.MAILROOM_SUPPRESSION_FILE, env),
  };
}

/** A file that was deployed with a function, or may have been. */
export interface DeployedFile {
  /** Absolute. */
  readonly path: string;
  /** Whether it was named, and so must be there. */
  readonly named: boolean;
}

function suppressionFile(named: string | undefined, env: Environment): DeployedFile {
  return { path: besideFunction(named ?? "suppression.yml", env), named: named !== undefined };
}

/** Lambda unpacks a function into LAMBDA_TASK_ROOT. A bundle knows no `import.meta`, and TypeScript no `__dirname`. */
function besideFunction(file: string, env: Environment): string {
  return resolve(env["LAMBDA_TASK_ROOT"] ?? ".", file);
}
