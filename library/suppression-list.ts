import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { mapAtOnce } from "../shared/at-once.ts";
import type { SuppressionTable } from "../shared/ports.ts";
import { canonicalAddress } from "../shared/suppression/canonical-address.ts";
import { findSuppression } from "../shared/suppression/forgotten.ts";
import { isInForce } from "../shared/suppression/in-force.ts";
import type { SuppressionReason } from "../shared/suppression/suppression.ts";
import { systemClock } from "../shared/system-clock.ts";

/** Where the suppression table is: in DynamoDB, or in the state file of `mailroom --state`. */
export type SuppressionListOptions =
  | {
      /** The name of the DynamoDB table. */
      readonly table: string;
      /** Without it, one with the region and credentials of the environment. A client that is given stays open. */
      readonly client?: DynamoDBClient;
    }
  | {
      /** The path of a state file. It must be there, and needs Node 24. */
      readonly state: string;
    };

/** A recipient who may not be written to. */
export interface SuppressedRecipient {
  /** As it was given. */
  readonly recipient: string;
  readonly reason: SuppressionReason;
  /** ISO 8601 in UTC. */
  readonly since: string | null;
  /** ISO 8601 in UTC; `null`: never. */
  readonly expiresAt: string | null;
}

/** Recipients by what is known of them; each list in the order that was given, each recipient as it was given. */
export interface PartitionedRecipients {
  readonly deliverable: string[];
  readonly suppressed: SuppressedRecipient[];
  /** What is no address: nobody can be written to there. */
  readonly invalid: string[];
}

export interface SuppressionList {
  /**
   * Whether the address may not be written to now.
   *
   * @param address in any spelling, with or without display name: `Jane <Jane@Partner.example>`
   * @throws {TypeError} when it is no address
   */
  isSuppressed(address: string): Promise<boolean>;
  /** Sorts out who may be written to now. Addresses are asked for a few at a time. */
  partitionRecipients(recipients: readonly string[]): Promise<PartitionedRecipients>;
  close(): void;
}

/** Questions that are under way at once: DynamoDB answers each in some milliseconds. */
const AT_ONCE = 20;

/** Gives the suppression list to another program, for reading. Nothing is opened before the first question. */
export function createSuppressionList(options: SuppressionListOptions): SuppressionList {
  let opened: Promise<OpenedTable> | undefined;
  const open = () => {
    opened ??= "state" in options ? openStateTable(options.state) : openDynamoTable(options);
    // What could not be opened is tried again with the next question.
    opened.catch(() => {
      opened = undefined;
    });
    return opened;
  };

  async function find(address: string): Promise<Omit<SuppressedRecipient, "recipient"> | undefined> {
    const state = await findSuppression(address, (await open()).table);
    if (state === undefined || state.reason === null || !isInForce(state, systemClock.now())) return undefined;
    return { reason: state.reason, since: state.since, expiresAt: state.expiresAt };
  }

  return {
    async isSuppressed(written) {
      const address = addressOf(written);
      if (address === undefined) throw new TypeError(`expected an address, got ${JSON.stringify(written)}`);
      return (await find(address)) !== undefined;
    },

    async partitionRecipients(recipients) {
      const parts: PartitionedRecipients = { deliverable: [], suppressed: [], invalid: [] };
      const looked = await mapAtOnce(recipients, AT_ONCE, async (recipient) => {
        const address = addressOf(recipient);
        return { recipient, address, suppression: address === undefined ? undefined : await find(address) };
      });
      for (const { recipient, address, suppression } of looked) {
        if (address === undefined) parts.invalid.push(recipient);
        else if (suppression === undefined) parts.deliverable.push(recipient);
        else parts.suppressed.push({ recipient, ...suppression });
      }
      return parts;
    },

    close() {
      opened?.then(
        ({ close }) => close(),
        // Whoever asked was told.
        () => {},
      );
      opened = undefined;
    },
  };
}

interface OpenedTable {
  readonly table: SuppressionTable;
  close(): void;
}

async function openDynamoTable({ table, client }: { readonly table: string; readonly client?: DynamoDBClient }) {
  const { DynamoDBClient } = await import("@aws-sdk/client-dynamodb");
  const { dynamoSuppressionTable } = await import("../shared/aws/dynamo-suppression-table.ts");
  const own = client ?? new DynamoDBClient();
  return { table: dynamoSuppressionTable(own, table, systemClock), close: () => client === undefined && own.destroy() };
}

async function openStateTable(path: string): Promise<OpenedTable> {
  const { existsSync } = await import("node:fs");
  if (!existsSync(path)) throw new Error(`There is no state file "${path}"`);
  try {
    await import("node:sqlite");
  } catch (cause) {
    throw new Error(`A state file needs Node 24, this is ${process.version}; a DynamoDB table works with any`, {
      cause,
    });
  }
  const { openStateFile } = await import("../shared/local/state-file.ts");
  const { suppressionTable: table, close } = openStateFile(path);
  return { table, close };
}

/** UTF-16 units that are looked at: an address and a long name. */
const MAX_WRITTEN = 2_000;

/** A display name, quoted where it holds what separates addresses (RFC 5322 section 3.4), and an address in brackets. */
const NAMED = /^(?:"(?:[^"\\]|\\.)*"|[^"<>,;:])*<([^<>]*)>\s*$/s;

/**
 * The canonical form of one address, with or without a display name. `A <a@x.example>, B <b@x.example>` is none: to look at one of the two
 * would let the other pass.
 */
function addressOf(written: string): string | undefined {
  if (written.length > MAX_WRITTEN) return undefined;
  return canonicalAddress(NAMED.exec(written)?.[1] ?? written);
}
