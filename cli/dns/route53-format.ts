import { recordValue, TTL } from "./record-line.ts";
import type { NeededRecord } from "./records.ts";

/** Texts that others have at the same name: a stricter policy, tokens of other regions. An UPSERT would drop them. */
const SHARED: ReadonlySet<NeededRecord["role"]> = new Set(["dmarc", "verification"]);

/** What a change batch leaves out. */
export function leftOut(records: readonly NeededRecord[]): readonly NeededRecord[] {
  return records.filter(({ role }) => SHARED.has(role));
}

/** What a change batch replaces, where there is such a record; names of DKIM are SES's own. */
export function replaced(records: readonly NeededRecord[]): string {
  return records
    .filter(({ role }) => role !== "dkim" && !SHARED.has(role))
    .map(({ type, name }) => `${type} of ${name}`)
    .join(", ");
}

/** A change batch, as `aws route53 change-resource-record-sets --change-batch` takes it. */
export function changeBatch(records: readonly NeededRecord[], comment: string) {
  return {
    Comment: `Replaces ${replaced(records)}. ${comment}`.slice(0, MAX_COMMENT),
    Changes: records
      .filter(({ role }) => !SHARED.has(role))
      .map((record) => ({
        Action: "UPSERT",
        ResourceRecordSet: {
          Name: `${record.name}.`,
          Type: record.type,
          TTL,
          ResourceRecords: [{ Value: recordValue(record, "route53") }],
        },
      })),
  };
}

/** Route 53 takes no longer one. */
const MAX_COMMENT = 256;
