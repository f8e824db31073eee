import * as z from "zod/mini";
import { MIN_VERP_KEY_LENGTH } from "../feedback/verp.ts";
import { isKeyPrefix } from "../receipt/storage-key.ts";
import { topicArns, topicsByName } from "./topics.ts";

// The variables that the functions read, each with what is expected of it.

const bucket = (what: string) => z.string(what).check(z.regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, what));
const A_BUCKET = "the name of an S3 bucket";

const table = z
  .string("the name of a DynamoDB table")
  .check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/, "the name of a DynamoDB table"));

/** SNS delivers again for 23 days, a dead-letter queue keeps for 14: what comes then must not count as new (SES facts 1.13, 6.3). */
const MIN_RECORD_DAYS = 40;

export const mail = {
  /** The bucket of the receipt rule's S3 action. */
  MAILROOM_MAIL_BUCKET: bucket(A_BUCKET),
  /** The S3 action's ObjectKeyPrefix. */
  MAILROOM_MAIL_PREFIX: z._default(
    z.string().check(z.refine(isKeyPrefix, "an object key prefix, such as inbound/")),
    "",
  ),
  MAILROOM_TOPICS: topicsByName,
};

export const mailLog = {
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

/** @param source where rules are read, as the environment has it: only `s3` needs a bucket */
export const rulesFrom = (source: string | undefined) => ({
  /** Beside the function unless absolute. */
  MAILROOM_RULES_FILE: z._default(z.string().check(z.minLength(1, "the path of packed rules")), "rules.json"),
  MAILROOM_RULES_SOURCE: z._default(z.enum(["bundle", "s3"], "bundle or s3"), "bundle"),
  MAILROOM_CONFIG_BUCKET:
    source === "s3" ? bucket(`${A_BUCKET}, as MAILROOM_RULES_SOURCE is s3`) : z.optional(bucket(A_BUCKET)),
});

export const feedback = {
  MAILROOM_SUPPRESSION_TABLE: table,
  /** The topics that notifications are taken from; without it, from each that may call the function. */
  MAILROOM_FEEDBACK_TOPICS: z.optional(topicArns),
};

export const suppression = {
  /** Beside the function unless absolute. */
  MAILROOM_SUPPRESSION_FILE: z.optional(z.string().check(z.minLength(1, "the path of a packed suppression file"))),
};

export const returnPaths = {
  /** The secret that return paths are made with. */
  MAILROOM_VERP_KEY: z.optional(
    z.string().check(z.minLength(MIN_VERP_KEY_LENGTH, `a secret of at least ${MIN_VERP_KEY_LENGTH} characters`)),
  ),
};

export const watching = {
  /** The stage that metrics are told of. Without it there are none. */
  MAILROOM_STAGE: z.optional(
    z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, "the name of a stage, such as prod")),
  ),
};

/** All names: one environment may serve several functions. */
export const known = Object.keys({
  ...mail,
  ...mailLog,
  ...rulesFrom(undefined),
  ...feedback,
  ...suppression,
  ...returnPaths,
  ...watching,
});
