import { parseMailDate } from "../message/header/date.ts";
import type { HeaderField } from "../message/message.ts";
import { readReportedAddress, undoXtext } from "./report-address.ts";
import { fieldValue, readFieldBlocks } from "./report-fields.ts";

/** RFC 3464 section 2.3.3. */
export type Action = "failed" | "delayed" | "delivered" | "relayed" | "expanded";

/** One per-recipient group of a delivery-status part (RFC 3464 section 2.3). What it does not say is null. */
export interface RecipientStatus {
  readonly recipient: string | null;
  readonly action: Action | null;
  /** The whole field, with its comment. */
  readonly status: string | null;
  readonly diagnosticCode: string | null;
  readonly reportingMta: string | null;
  /** ISO 8601 in UTC. */
  readonly lastAttemptAt: string | null;
  readonly retriedUntil: string | null;
}

/** What servers write for each action; `ction` and the like are read as missing. */
const ACTIONS: readonly (readonly [says: RegExp, action: Action])[] = [
  [/^(?:fail|expired|undeliver|reject|bounce)/i, "failed"],
  [/^(?:delay|defer)/i, "delayed"],
  [/^(?:deliver|success)/i, "delivered"],
  [/^relay/i, "relayed"],
  [/^expand/i, "expanded"],
];

/** The fields of which a recipient has one at most: the second begins the next recipient, blank line or not. */
const ONCE: ReadonlySet<string> = new Set(["final-recipient", "action", "status"]);

/** The fields that make a block one of a recipient rather than of the message. */
const OF_RECIPIENT: ReadonlySet<string> = new Set(["final-recipient", "original-recipient", "action", "status"]);

/**
 * Reads the text of a message/delivery-status part (RFC 3464), or of its international form (RFC 6533).
 *
 * Blank lines are believed less than field names: servers leave them out and put them where none belongs.
 */
export function readDeliveryStatus(text: string): readonly RecipientStatus[] {
  const groups: HeaderField[][] = [];
  const ofMessage: HeaderField[] = [];
  for (const block of readFieldBlocks(text)) {
    if (!block.some(({ name }) => OF_RECIPIENT.has(name))) {
      append(groups.at(-1) ?? ofMessage, block);
      continue;
    }
    for (const [at, piece] of splitGroups(block).entries()) {
      const last = groups.at(-1);
      if (at === 0 && last !== undefined && completes(last, piece)) append(last, piece);
      else groups.push(piece);
    }
  }
  // Where no blank line follows the message's own fields, they stand with the first recipient.
  const shared = [...ofMessage, ...(groups[0] ?? [])];
  // A mail's own Status field, when its header follows in the same text, is no recipient.
  const named = groups.filter(namesOne);
  return (named.length > 0 ? named : groups.slice(0, 1)).map((group) => readGroup(group, shared));
}

/** No spread: a block of 100,000 fields is more arguments than a call takes. */
function append(group: HeaderField[], fields: readonly HeaderField[]): void {
  for (const field of fields) group.push(field);
}

/** Cuts a block before each field that the recipient at hand has already. */
function splitGroups(block: readonly HeaderField[]): HeaderField[][] {
  const groups: HeaderField[][] = [];
  let seen = new Set<string>();
  for (const field of block) {
    if (groups.length === 0 || (ONCE.has(field.name) && seen.has(field.name))) {
      groups.push([]);
      seen = new Set();
    }
    seen.add(field.name);
    groups.at(-1)?.push(field);
  }
  return groups;
}

/** Whether a block goes on with the recipient before it, from whom a stray blank line parts it. */
function completes(group: readonly HeaderField[], piece: readonly HeaderField[]): boolean {
  return !piece.some(({ name }) => OF_RECIPIENT.has(name) && fieldValue(group, name) !== undefined) && !namesOne(piece);
}

function namesOne(fields: readonly HeaderField[]): boolean {
  return fields.some(({ name }) => name === "final-recipient" || name === "original-recipient");
}

function readGroup(group: readonly HeaderField[], ofMessage: readonly HeaderField[]): RecipientStatus {
  const ofGroup = (name: string): string | null => fieldValue(group, name) ?? null;
  const action = ofGroup("action")?.trim() ?? "";
  return {
    recipient: recipientOf(group),
    action: ACTIONS.find(([says]) => says.test(action))?.[1] ?? null,
    status: ofGroup("status"),
    diagnosticCode: ofGroup("diagnostic-code"),
    reportingMta: fieldValue(ofMessage, "reporting-mta") ?? null,
    lastAttemptAt: parseMailDate(ofGroup("last-attempt-date") ?? ""),
    retriedUntil: parseMailDate(ofGroup("will-retry-until") ?? ""),
  };
}

/**
 * Whom a group is about: its Final-Recipient, as SES and other readers have it (SES fact 2.3), because that is the mailbox that
 * does not work, whoever forwards to it. Only where this is no address that mail is sent to (a local user, a pipe, a name inside
 * one machine) does the Original-Recipient count, and last the X-Actual-Recipient.
 */
function recipientOf(group: readonly HeaderField[]): string | null {
  const named = ["final-recipient", "original-recipient", "x-actual-recipient"].flatMap((name) => {
    const value = fieldValue(group, name);
    if (value === undefined) return [];
    return readReportedAddress(name === "original-recipient" ? undoXtext(value) : value) ?? [];
  });
  return (named.find(({ isPublic }) => isPublic) ?? named[0])?.address ?? null;
}
