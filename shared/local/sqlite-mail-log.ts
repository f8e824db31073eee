import { DatabaseSync } from "node:sqlite";
import { ConfigurationError } from "../errors.ts";
import type { MailRecord } from "../inbound/record.ts";
import type { MailLog } from "../ports.ts";

/** Kept in the file itself (`PRAGMA user_version`). Version N+1 is reached by running `MIGRATIONS[N]`. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE mail (
     ses_message_id TEXT PRIMARY KEY,
     received_at    TEXT,
     outcome        TEXT NOT NULL,
     mail_from      TEXT NOT NULL,
     subject        TEXT NOT NULL,
     sha256         TEXT NOT NULL,
     rules          TEXT NOT NULL,
     record         TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX mail_by_arrival ON mail (received_at);`,
];

const FIND = "SELECT record FROM mail WHERE ses_message_id = ?";
const SAVE = `INSERT OR REPLACE INTO mail
  (ses_message_id, received_at, outcome, mail_from, subject, sha256, rules, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`;

/** Milliseconds that a write waits for another process's. */
const BUSY_TIMEOUT = 5000;

/** A mail log in a file, which is to be closed. */
export interface SqliteMailLog extends MailLog, Disposable {
  close(): void;
}

/**
 * Records in one SQLite file, made when it is not there (its folder must be): each record whole, as JSON, beside the
 * columns that a search needs.
 *
 * @param path a file, or `:memory:`
 * @throws {ConfigurationError} when the file is no database, or was written by a newer Mailroom
 */
export function sqliteMailLog(path: string): SqliteMailLog {
  const database = openDatabase(path);
  const find = database.prepare(FIND);
  const save = database.prepare(SAVE);
  const close = () => {
    if (database.isOpen) database.close();
  };

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

    close,
    [Symbol.dispose]: close,
  };
}

function openDatabase(path: string): DatabaseSync {
  const database = open(path);
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;");
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_NOTADB) throw unusable(path, error);
    throw error;
  }
}

/** https://www.sqlite.org/rescode.html#notadb */
const SQLITE_NOTADB = 26;

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(
    `"${path}" cannot be used as a mail log: expected a SQLite file in a folder that exists`,
    { cause },
  );
}

/** In one transaction that is exclusive from its beginning, so that two processes that start together do not both migrate. */
function migrate(database: DatabaseSync, path: string): void {
  database.exec("BEGIN IMMEDIATE");
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  if (version > MIGRATIONS.length) {
    throw new ConfigurationError(
      `"${path}" was written by a newer Mailroom: expected version ${MIGRATIONS.length} at most, got ${version}`,
    );
  }
  for (const migration of MIGRATIONS.slice(version)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${MIGRATIONS.length}; COMMIT`);
}
