import { isOfNoMail } from "../../shared/inbound/alert-trace.ts";
import type { MailEntry } from "../../shared/inbound/mail-entry.ts";
import type { MailRecord } from "../../shared/inbound/record.ts";
import type { MailLog } from "../../shared/ports.ts";

/** A mail log that forgets when the test ends. Entries are copied, as a real log would. */
export function memoryMailLog(): MailLog & {
  readonly entries: ReadonlyMap<string, MailEntry>;
  /** The entries that are of mails. */
  mails(): readonly MailEntry[];
  /** The records as they are kept. */
  records(): readonly MailRecord[];
} {
  const entries = new Map<string, MailEntry>();
  return {
    entries,
    mails: () => [...entries.values()].filter((entry) => !isOfNoMail(entry)),
    records: () => [...entries.values()].flatMap(({ record }) => record ?? []),
    async find(key) {
      return structuredClone(entries.get(key));
    },
    async put(entry) {
      if ((entries.get(entry.key)?.version ?? 0) !== entry.version - 1) return false;
      entries.set(entry.key, structuredClone(entry));
      return true;
    },
    async *list() {
      for (const entry of [...entries.values()]) yield structuredClone(entry);
    },
    async remove(key) {
      entries.delete(key);
    },
  };
}
