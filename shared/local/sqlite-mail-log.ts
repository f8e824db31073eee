import type { DatabaseSync } from "node:sqlite";
import type { MailRecord } from "../inbound/record.ts";
import type { MailLog } from "../ports.ts";

const FIND = "SELECT record FROM mail WHERE ses_message_id = ?";
const SAVE = `INSERT OR REPLACE INTO mail
  (ses_message_id, received_at, outcome, mail_from, subject, sha256, rules, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Records in a state file: each whole, as JSON, beside the columns that a search needs. */
export function sqliteMailLog(database: DatabaseSync): MailLog {
  const find = database.prepare(FIND);
  const save = database.prepare(SAVE);
  return {
    async find(sesMessageId) {
      const row = find.get(sesMessageId);
      return row && (JSON.parse(String(row["record"])) as MailRecord);
    },

    async save(record) {
      const { sesMessageId, receivedAt, outcome, envelope, message, sha256, matches } = record;
      const rules = JSON.stringify(matches.map(({ rule }) => rule));
      save.run(
        sesMessageId,
        receivedAt,
        outcome,
        envelope.mailFrom,
        message.subject,
        sha256,
        rules,
        JSON.stringify(record),
      );
    },
  };
}
