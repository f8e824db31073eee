import { resolve } from "node:path";
import * as z from "zod/mini";
import { type Environment, readEnvironment } from "./environment.ts";
import type { RulesConfig } from "./rules-in-force.ts";
import { feedback, known, mail, mailLog, returnPaths, rulesFrom, suppression, watching } from "./variables.ts";

const SOURCE = "MAILROOM_RULES_SOURCE";

/** What every function knows of the deployment that it belongs to. */
interface Watched {
  /** The stage that metrics are told of. `undefined`: none are. */
  readonly stage: string | undefined;
}

export interface ProcessMailConfig extends RulesConfig, Watched {
  readonly mailBucket: string;
  readonly mailPrefix: string;
  /** The name of the mail log's table. */
  readonly mailTable: string;
  readonly recordDays: number;
  /** ARNs of the topics that announce mails. `undefined`: whatever topic may call the function. */
  readonly mailTopics: readonly string[] | undefined;
  /** Where alerts go: ARN by short name. */
  readonly topics: Readonly<Record<string, string>>;
  /** `undefined`: what mails report about ours is told in their records, and goes to no table. */
  readonly suppressionTable: string | undefined;
  readonly suppressionFile: DeployedFile;
  readonly verpKey: string | undefined;
}

/**
 * @param folder of the function's own file: what was deployed with it lies there
 * @throws {ConfigurationError}
 */
export function readProcessMailConfig(env: Environment, folder: string): ProcessMailConfig {
  const optionalTable = { MAILROOM_SUPPRESSION_TABLE: z.optional(feedback.MAILROOM_SUPPRESSION_TABLE) };
  const shape = {
    ...mail,
    ...mailLog,
    ...rulesFrom(env[SOURCE]),
    ...optionalTable,
    ...suppression,
    ...returnPaths,
    ...watching,
  };
  const read = readEnvironment(env, shape, known);
  return {
    ...rulesConfig(read, folder),
    stage: read.MAILROOM_STAGE,
    mailBucket: read.MAILROOM_MAIL_BUCKET,
    mailPrefix: read.MAILROOM_MAIL_PREFIX,
    mailTable: read.MAILROOM_MAIL_TABLE,
    recordDays: read.MAILROOM_RECORD_DAYS,
    mailTopics: read.MAILROOM_MAIL_TOPICS,
    topics: read.MAILROOM_TOPICS,
    suppressionTable: read.MAILROOM_SUPPRESSION_TABLE,
    suppressionFile: suppressionFile(read.MAILROOM_SUPPRESSION_FILE, folder),
    verpKey: read.MAILROOM_VERP_KEY,
  };
}

export interface ScreenMailConfig extends RulesConfig, Watched {}

/**
 * @param folder of the function's own file
 * @throws {ConfigurationError}
 */
export function readScreenMailConfig(env: Environment, folder: string): ScreenMailConfig {
  const optionalTopics = { MAILROOM_TOPICS: z.optional(mail.MAILROOM_TOPICS) };
  const read = readEnvironment(env, { ...rulesFrom(env[SOURCE]), ...optionalTopics, ...watching }, known);
  return { ...rulesConfig(read, folder), topics: read.MAILROOM_TOPICS, stage: read.MAILROOM_STAGE };
}

/** Of record-bounce and record-complaint. */
export interface FeedbackConfig extends Watched {
  /** The name of the suppression table. */
  readonly table: string;
  /** ARNs. `undefined`: whatever topic may call the function. */
  readonly topics: readonly string[] | undefined;
  readonly suppressionFile: DeployedFile;
}

/**
 * @param folder of the function's own file
 * @throws {ConfigurationError}
 */
export function readFeedbackConfig(env: Environment, folder: string): FeedbackConfig {
  const read = readEnvironment(env, { ...feedback, ...suppression, ...watching }, known);
  return {
    stage: read.MAILROOM_STAGE,
    table: read.MAILROOM_SUPPRESSION_TABLE,
    topics: read.MAILROOM_FEEDBACK_TOPICS,
    suppressionFile: suppressionFile(read.MAILROOM_SUPPRESSION_FILE, folder),
  };
}

function rulesConfig(
  read: {
    readonly MAILROOM_RULES_FILE: string;
    readonly MAILROOM_RULES_SOURCE: "bundle" | "s3";
    readonly MAILROOM_CONFIG_BUCKET?: string | undefined;
  },
  folder: string,
): Pick<RulesConfig, "rulesFile" | "rulesBucket"> {
  return {
    rulesFile: resolve(folder, read.MAILROOM_RULES_FILE),
    rulesBucket: read.MAILROOM_RULES_SOURCE === "s3" ? read.MAILROOM_CONFIG_BUCKET : undefined,
  };
}

/** A file that was deployed with a function, or may have been. */
export interface DeployedFile {
  /** Absolute. */
  readonly path: string;
  /** Whether it was named, and so must be there. */
  readonly named: boolean;
}

function suppressionFile(named: string | undefined, folder: string): DeployedFile {
  return { path: resolve(folder, named ?? "suppression.json"), named: named !== undefined };
}
