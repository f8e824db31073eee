/** Kept in the file itself (`PRAGMA user_version`). Version N+1 is reached by running `MIGRATIONS[N]`. */
export const MIGRATIONS: readonly string[] = [
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
  `CREATE TABLE suppression (
     address    TEXT PRIMARY KEY,
     reason     TEXT,
     since      TEXT,
     expires_at TEXT,
     version    INTEGER NOT NULL,
     state      TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX suppression_by_reason ON suppression (reason, since, address) WHERE reason IS NOT NULL;
   CREATE TABLE evidence (
     address  TEXT NOT NULL,
     shelf    TEXT NOT NULL,
     at       TEXT NOT NULL,
     id       TEXT NOT NULL,
     evidence TEXT NOT NULL,
     PRIMARY KEY (address, shelf, at, id)
   ) STRICT, WITHOUT ROWID;`,
  // Records become entries of a log that also says who works on a mail. Those that were kept before are settled.
  `CREATE TABLE mail_log (
     key         TEXT PRIMARY KEY,
     version     INTEGER NOT NULL,
     received_at TEXT,
     outcome     TEXT,
     mail_from   TEXT,
     subject     TEXT,
     sha256      TEXT,
     rules       TEXT,
     entry       TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX mail_log_by_arrival ON mail_log (received_at);
   INSERT INTO mail_log
     SELECT ses_message_id || '/' || sha256, 1, received_at, outcome, mail_from, subject, sha256, rules,
       json_object('key', ses_message_id || '/' || sha256, 'version', 1, 'receipt', NULL, 'lease', NULL, 'deaths', 0, 'looks', NULL,
         'done', (SELECT json_group_array(value ->> 'id') FROM json_each(record, '$.actions') WHERE value ->> 'status' = 'done'),
         'record', json(record), 'settled', json('true'), 'changedAt', strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
     FROM mail;
   DROP TABLE mail;`,
  // The secret under which addresses are forgotten: one row, which is never changed.
  `CREATE TABLE forgotten_salt (
     id   INTEGER PRIMARY KEY CHECK (id = 1),
     salt TEXT NOT NULL
   ) STRICT;`,
];
