import type { DatabaseSync } from "node:sqlite";
import type { MailEntry } from "../inbound/mail-entry.ts";
import type { MailLog } from "../ports.ts";

const FIND = "SELECT entry FROM mail_log WHERE key = ?";
const COLUMNS = "key, version, received_at, outcome, mail_from, subject, sha256, rules, entry";
const INSERT = `INSERT INTO mail_log (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`;
const UPDATE = `UPDATE mail_log SET (${COLUMNS}) = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ? AND version = ?`;
const LIST = "SELECT entry FROM mail_log WHERE key > ? ORDER BY key LIMIT 500";
const REMOVE = "DELETE FROM mail_log WHERE key = ?";

/** The mail log in a state file: each entry as JSON, beside the columns that a search needs. */
export function sqliteMailLog(database: DatabaseSync): MailLog {
  const find = database.prepare(FIND);
  const insert = database.prepare(INSERT);
  const update = database.prepare(UPDATE);
  const page = database.prepare(LIST);
  const remove = database.prepare(REMOVE);
  return {
    async find(key) {
      const row = find.get(key);
      return row && readEntry(row);
    },

    async put(entry) {
      const { changes } =
        entry.version === 1
          ? insert.run(...columns(entry))
          : update.run(...columns(entry), entry.key, entry.version - 1);
      return changes === 1;
    },

    // Page by page, so that no cursor stays open over what others write.
    async *list() {
      for (let last = ""; ; ) {
        const entries = page.all(last).map(readEntry);
        yield* entries;
        const end = entries.at(-1);
        if (end === undefined) return;
        last = end.key;
      }
    },

    async remove(key) {
      remove.run(key);
    },
  };
}

function columns({ record, ...entry }: MailEntry) {
  return [
    entry.key,
    entry.version,
    record?.receivedAt ?? null,
    record?.outcome ?? null,
    record?.envelope.mailFrom ?? null,
    record?.message.subject ?? null,
    record?.sha256 ?? null,
    record === null ? null : JSON.stringify(record.matches.map(({ rule }) => rule)),
    JSON.stringify({ ...entry, record }),
  ] as const;
}

function readEntry(row: Readonly<Record<string, unknown>>): MailEntry {
  return JSON.parse(String(row["entry"])) as MailEntry;
}
