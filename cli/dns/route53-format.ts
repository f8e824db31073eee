import { recordValue, TTL } from "./record-line.ts";
import type { NeededRecord } from "./records.ts";

/** All records as a change batch, as `aws route53 change-resource-record-sets --change-batch` takes it. */
export function changeBatch(records: readonly NeededRecord[], comment: string) {
  return {
    Comment: comment.slice(0, MAX_COMMENT),
    Changes: records.map((record) => ({
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
