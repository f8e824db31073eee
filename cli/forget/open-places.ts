import { existsSync } from "node:fs";
import type { RawMails } from "../../shared/inbound/forget/forget-mails.ts";
import type { MailLog, SuppressionTable } from "../../shared/ports.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { readDeployment } from "../deployment/read-deployment.ts";
import { openState } from "../open-state.ts";
import type { Console } from "../output/console.ts";
import { isBucketPath } from "../sources/bucket.ts";
import { UsageError } from "../usage-error.ts";
import { bucketRawMails, folderRawMails } from "./raw-mails.ts";

/** Where a person's data may be. */
export interface PlaceOptions {
  /** A state file on this machine. */
  readonly state: string;
  /** The suppression table in DynamoDB. */
  readonly table?: string;
  /** The mail log in DynamoDB. */
  readonly mailTable?: string;
  /** Where raw mails lie: a folder, or `s3://bucket/prefix`. */
  readonly mails?: string;
  /** A deployment, which has all three. */
  readonly stage?: string;
  readonly region?: string;
  readonly apply?: true;
}

/** The places, which are to be closed. */
export interface OpenPlaces extends Disposable {
  readonly mailLog: MailLog | undefined;
  readonly rawMails: RawMails | undefined;
  readonly table: SuppressionTable | undefined;
  /** Wipes what was taken away where that only marks it as free. */
  wipe(): void;
}

/**
 * Opens the places that the options name. For a plan, a state file that is not there is told and not made.
 *
 * @throws {UsageError} when they do not go together, or a folder is not there
 * @throws {ConfigurationError} when there is no such deployment
 */
export async function openPlaces(options: PlaceOptions, console: Console): Promise<OpenPlaces> {
  if (options.stage !== undefined) return openPlaces(await placesOf(options.stage, options), console);
  const { mails, mailTable, region, apply } = options;
  if (apply && mailTable !== undefined && mails === undefined)
    throw new UsageError(
      "expected --mails s3://bucket/prefix beside --mail-table: without the records nobody finds the raw mails again",
    );
  const rawMails = await openRawMails(mails, { hasKeys: mailTable !== undefined, region });
  return options.table === undefined && mailTable === undefined
    ? openLocal(options, rawMails, console)
    : openDeployed(options, rawMails);
}

async function placesOf(stage: string, { region, state, apply }: PlaceOptions): Promise<PlaceOptions> {
  const { SuppressionTable, MailTable, MailBucket, MailPrefix, Region } = await readDeployment({ stage, region });
  const places = { table: SuppressionTable, mailTable: MailTable, mails: `s3://${MailBucket}/${MailPrefix}` };
  return { ...places, region: Region, state, ...(apply && { apply }) };
}

async function openRawMails(
  mails: string | undefined,
  from: { readonly hasKeys: boolean; readonly region: string | undefined },
): Promise<RawMails | undefined> {
  if (mails === undefined) return undefined;
  return isBucketPath(mails) ? bucketRawMails(mails, from) : folderRawMails(mails);
}

function openLocal({ state: path, apply }: PlaceOptions, rawMails: RawMails | undefined, console: Console): OpenPlaces {
  const isThere = existsSync(path);
  if (!isThere) console.say(`mailroom: there is no state file ${path}: nothing is known of the person`);
  const state = openState(isThere || apply ? path : ":memory:");
  return {
    mailLog: state.mailLog,
    rawMails,
    table: state.suppressionTable,
    wipe: state.rewrite,
    [Symbol.dispose]: state.close,
  };
}

async function openDeployed(
  { table, mailTable, region }: PlaceOptions,
  rawMails: RawMails | undefined,
): Promise<OpenPlaces> {
  const [{ DynamoDBClient }, { dynamoSuppressionTable }, { dynamoMailLog }] = await Promise.all([
    import("@aws-sdk/client-dynamodb"),
    import("../../shared/aws/dynamo-suppression-table.ts"),
    import("../../shared/aws/dynamo-mail-log.ts"),
  ]);
  const client = new DynamoDBClient(region === undefined ? {} : { region });
  return {
    mailLog: mailTable === undefined ? undefined : dynamoMailLog(client, mailTable),
    rawMails,
    table: table === undefined ? undefined : dynamoSuppressionTable(client, table, systemClock),
    wipe: () => {},
    [Symbol.dispose]: () => client.destroy(),
  };
}
