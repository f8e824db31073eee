import type { MailRecord } from "../../shared/inbound/record.ts";
import type { MailLog } from "../../shared/ports.ts";

/** A mail log that forgets when the test ends. Records are copied, as a real log would. */
export function memoryMailLog(): MailLog & { readonly records: ReadonlyMap<string, MailRecord> } {
  const records = new Map<string, MailRecord>();
  return {
    records,
    async find(sesMessageId) {
      return structuredClone(records.get(sesMessageId));
    },
    async save(record) {
      records.set(record.sesMessageId, structuredClone(record));
    },
  };
}
