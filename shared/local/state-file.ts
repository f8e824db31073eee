import { DatabaseSync } from "node:sqlite";
import { ConfigurationError } from "../errors.ts";
import type { MailLog, SuppressionTable } from "../ports.ts";
import { sqliteMailLog } from "./sqlite-mail-log.ts";
import { sqliteSuppressionTable } from "./sqlite-suppression-table.ts";
import { MIGRATIONS } from "./state-migrations.ts";

/** Milliseconds that a write waits for another process's. */
const BUSY_TIMEOUT = 5000;

/** Milliseconds that emptying the write-ahead log waits for another process's reading. */
const READER_TIMEOUT = 500;

/** Everything that a laptop keeps, in one file, which is to be closed. */
export interface StateFile extends Disposable {
  readonly mailLog: MailLog;
  readonly suppressionTable: SuppressionTable;
  /**
   * Makes what `work` writes one transaction: much faster for many writes, and all or nothing. One at a time.
   *
   * @throws what `work` throws; then nothing of it was written
   */
  transaction<Result>(work: () => Promise<Result>): Promise<Result>;
  /**
   * Writes the file anew, so that nothing is left in it of what was removed: SQLite only marks that as free.
   *
   * @throws SQLite's error when another process is reading or writing for longer than one waits
   */
  rewrite(): void;
  close(): void;
}

/**
 * Opens a state file, and makes it when it is not there (its folder must be).
 *
 * @param path a file, or `:memory:`
 * @throws {ConfigurationError} when the file is no database, or was written by a newer Mailroom
 */
export function openStateFile(path: string): StateFile {
  const database = openDatabase(path);
  const close = () => {
    if (database.isOpen) database.close();
  };
  return {
    mailLog: sqliteMailLog(database),
    suppressionTable: sqliteSuppressionTable(database),
    async transaction(work) {
      database.exec("BEGIN IMMEDIATE");
      try {
        const result = await work();
        database.exec("COMMIT");
        return result;
      } catch (error) {
        // SQLite has ended it by itself where the disk is full or the file was closed.
        if (database.isOpen && database.isTransaction) database.exec("ROLLBACK");
        throw error;
      }
    },
    rewrite: () => rewrite(database),
    close,
    [Symbol.dispose]: close,
  };
}

/** The write-ahead log holds what was removed as well: all of it goes into the file, and the log is emptied. */
function rewrite(database: DatabaseSync): void {
  database.exec("VACUUM");
  // Who reads for longer than this is in no hurry to end.
  database.exec(`PRAGMA busy_timeout = ${READER_TIMEOUT}`);
  const result = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get();
  database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT}`);
  if (Number(result?.["busy"]) !== 0) throw new Error("another process is reading the state file");
}

function openDatabase(path: string): DatabaseSync {
  const database = open(path);
  try {
    useWriteAheadLog(database);
    database.exec("PRAGMA synchronous = NORMAL");
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    if (isSqliteError(error, SQLITE_NOTADB)) throw unusable(path, error);
    throw error;
  }
}

/** Of several that open a new file at once, all but one are told "busy" here without the wait that SQLite gives elsewhere. */
function useWriteAheadLog(database: DatabaseSync): void {
  const until = Date.now() + BUSY_TIMEOUT;
  while (!triedWriteAheadLog(database, until)) pause(BUSY_PAUSE);
}

function triedWriteAheadLog(database: DatabaseSync, until: number): boolean {
  try {
    database.exec("PRAGMA journal_mode = WAL");
    return true;
  } catch (error) {
    if (!isSqliteError(error, SQLITE_BUSY) || Date.now() >= until) throw error;
    return false;
  }
}

/** Milliseconds. */
const BUSY_PAUSE = 5;

/** For the whole thread, as SQLite itself waits. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** https://www.sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;

/** https://www.sqlite.org/rescode.html#notadb */
const SQLITE_NOTADB = 26;

function isSqliteError(error: unknown, code: number): boolean {
  return error instanceof Error && "errcode" in error && error.errcode === code;
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  } catch (error) {
    throw unusable(path, error);
  }
}

function unusable(path: string, cause: unknown): ConfigurationError {
  return new ConfigurationError(
    `"${path}" cannot be used as a state file: expected a SQLite file in a folder that exists`,
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
