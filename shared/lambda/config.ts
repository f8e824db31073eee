import { resolve } from "node:path";
import * as z from "zod/mini";
import { isKeyPrefix } from "../receipt/storage-key.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { topicsByName } from "./topics.ts";

const settings = {
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
  /** Beside the function unless absolute. */
  MAILROOM_RULES_FILE: z._default(z.string().check(z.minLength(1, "the path of a rules file")), "rules.yml"),
};
const known = Object.keys(settings);

export interface ProcessMailConfig {
  readonly mailBucket: string;
  readonly mailPrefix: string;
  readonly topics: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly rulesFile: string;
}

/** @throws {ConfigurationError} */
export function readProcessMailConfig(env: Environment): ProcessMailConfig {
  const read = readEnvironment(env, settings, known);
  return {
    mailBucket: read.MAILROOM_MAIL_BUCKET,
    mailPrefix: read.MAILROOM_MAIL_PREFIX,
    topics: read.MAILROOM_TOPICS,
    rulesFile: besideFunction(read.MAILROOM_RULES_FILE, env),
  };
}

export interface ScreenMailConfig {
  /** Absolute. */
  readonly rulesFile: string;
}

/** @throws {ConfigurationError} */
export function readScreenMailConfig(env: Environment): ScreenMailConfig {
  const { MAILROOM_RULES_FILE } = settings;
  return { rulesFile: besideFunction(readEnvironment(env, { MAILROOM_RULES_FILE }, known).MAILROOM_RULES_FILE, env) };
}

/** Lambda unpacks a function into LAMBDA_TASK_ROOT. A bundle knows no `import.meta`, and TypeScript no `__dirname`. */
function besideFunction(file: string, env: Environment): string {
  return resolve(env["LAMBDA_TASK_ROOT"] ?? ".", file);
}
