import { existsSync } from "node:fs";
import type { SuppressionTable } from "../../shared/ports.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { readDeployment } from "../deployment/read-deployment.ts";
import { openState } from "../open-state.ts";
import type { Console } from "../output/console.ts";

/** Which table a command works on. */
export interface TableOptions {
  /** A state file on this machine. */
  readonly state: string;
  /** A table in DynamoDB. */
  readonly table?: string;
  /** A deployment, whose table it is. */
  readonly stage?: string;
  readonly region?: string;
}

/** A suppression table, which is to be closed. */
export interface OpenTable extends Disposable {
  readonly table: SuppressionTable;
  /** Where it is, for people. */
  readonly name: string;
  /** How many addresses may be worked on at once. */
  readonly atOnce: number;
  /** Joins many writings where that makes them faster. */
  together<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Calls of DynamoDB that wait at once; each takes a few milliseconds. */
const DYNAMO_AT_ONCE = 32;

/**
 * Opens the table that the options name, for reading and writing.
 *
 * @throws {UsageError} when the state file's folder cannot be made
 * @throws {ConfigurationError} when the state file is none, or there is no such deployment
 */
export async function openTable(options: TableOptions): Promise<OpenTable> {
  const { table, stage, region } = options;
  if (table !== undefined) return openDeployed(table, region);
  if (stage === undefined) return openLocal(options.state, options.state);
  return openDeployed((await readDeployment({ stage, region })).SuppressionTable, region);
}

/** As `openTable`, for reading. A state file that is not there is told and taken for an empty one, but not made. */
export async function openTableToRead(options: TableOptions, console: Console): Promise<OpenTable> {
  const isLocal = options.table === undefined && options.stage === undefined;
  if (!isLocal || existsSync(options.state)) return openTable(options);
  console.say(`mailroom: there is no state file ${options.state}: nothing is suppressed in it`);
  return openLocal(":memory:", options.state);
}

function openLocal(path: string, name: string): OpenTable {
  const state = openState(path);
  return {
    table: state.suppressionTable,
    name,
    atOnce: 1,
    together: (work) => state.transaction(work),
    [Symbol.dispose]: () => state.close(),
  };
}

async function openDeployed(name: string, region: string | undefined): Promise<OpenTable> {
  const [{ DynamoDBClient }, { dynamoSuppressionTable }] = await Promise.all([
    import("@aws-sdk/client-dynamodb"),
    import("../../shared/aws/dynamo-suppression-table.ts"),
  ]);
  const client = new DynamoDBClient(region === undefined ? {} : { region });
  return {
    table: dynamoSuppressionTable(client, name, systemClock),
    name: `table ${name}`,
    atOnce: DYNAMO_AT_ONCE,
    together: (work) => work(),
    [Symbol.dispose]: () => client.destroy(),
  };
}
