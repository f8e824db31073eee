import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { sqliteMailLog } from "../../shared/local/sqlite-mail-log.ts";
import { mailLogContract } from "../contracts/mail-log.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { recordOf } from "../support/records.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

mailLogContract("SQLite, in memory", async () => {
  const mailLog = sqliteMailLog(":memory:");
  return { mailLog, close: mailLog.close };
});

mailLogContract("SQLite, in a file", async () => {
  const mailLog = sqliteMailLog(stateFile());
  return { mailLog, close: mailLog.close };
});

mailLogContract("the test double", async () => ({ mailLog: memoryMailLog(), close: () => {} }));

function stateFile(): string {
  return join(temporaryFolder(), "state.db");
}

test("records are there when the file is opened again", async () => {
  const file = stateFile();
  using first = sqliteMailLog(file);
  await first.save(recordOf());
  first.close();
  using second = sqliteMailLog(file);
  expect(await second.find(recordOf().sesMessageId)).toEqual(recordOf());
});

test("two that have the same file open see each other's records", async () => {
  const file = stateFile();
  using one = sqliteMailLog(file);
  using other = sqliteMailLog(file);
  await one.save(recordOf());
  expect(await other.find(recordOf().sesMessageId)).toEqual(recordOf());
});

test("the file says its version, keeps a write-ahead log, and has columns to search by", async () => {
  const file = stateFile();
  using mailLog = sqliteMailLog(file);
  await mailLog.save(recordOf());
  using database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
  expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(database.prepare("SELECT subject, outcome FROM mail WHERE rules LIKE '%outage%'").all()).toEqual([
    { subject: "Service outage in Zagreb", outcome: "processed" },
  ]);
});

test("a file of a newer version is refused and left as it is", () => {
  const file = stateFile();
  using database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  expect(() => sqliteMailLog(file)).toThrow(/written by a newer Mailroom: expected version 1 at most, got 99/);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
});

test("a file that is no database is refused and left as it is", () => {
  const file = stateFile();
  writeFileSync(file, "Subject: not a database\n".repeat(100));
  expect(() => sqliteMailLog(file)).toThrow(ConfigurationError);
  expect(readFileSync(file, "utf8")).toMatch(/^Subject: not/);
});

test("a file in a folder that does not exist is refused", () => {
  expect(() => sqliteMailLog(join(stateFile(), "none", "state.db"))).toThrow(ConfigurationError);
});

test("a database of another program that is in the way is refused in SQLite's own words", () => {
  const file = stateFile();
  using other = new DatabaseSync(file);
  other.exec("CREATE TABLE mail (x)");
  expect(() => sqliteMailLog(file)).toThrow(/table mail already exists/);
  expect(other.prepare("PRAGMA user_version").get()).toEqual({ user_version: 0 });
});

test("closing twice is no error", () => {
  const mailLog = sqliteMailLog(":memory:");
  mailLog.close();
  expect(() => mailLog.close()).not.toThrow();
});
