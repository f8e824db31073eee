import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { recordOf } from "../support/records.ts";
import { suppressionOf } from "../support/suppressions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function stateFile(): string {
  return join(temporaryFolder(), "state.db");
}

test("records are there when the file is opened again", async () => {
  const file = stateFile();
  using first = openStateFile(file);
  await first.mailLog.save(recordOf());
  first.close();
  using second = openStateFile(file);
  expect(await second.mailLog.find(recordOf().sesMessageId)).toEqual(recordOf());
});

test("two that have the same file open see each other's records", async () => {
  const file = stateFile();
  using one = openStateFile(file);
  using other = openStateFile(file);
  await one.mailLog.save(recordOf());
  expect(await other.mailLog.find(recordOf().sesMessageId)).toEqual(recordOf());
});

test("the file says its version, keeps a write-ahead log, and has columns to search by", async () => {
  const file = stateFile();
  using state = openStateFile(file);
  await state.mailLog.save(recordOf());
  using database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 2 });
  expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(database.prepare("SELECT subject, outcome FROM mail WHERE rules LIKE '%outage%'").all()).toEqual([
    { subject: "Service outage in Zagreb", outcome: "processed" },
  ]);
});

test("a file of a newer version is refused and left as it is", () => {
  const file = stateFile();
  using database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  expect(() => openStateFile(file)).toThrow(/written by a newer Mailroom: expected version 2 at most, got 99/);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 99 });
});

test("a file that is no database is refused and left as it is", () => {
  const file = stateFile();
  writeFileSync(file, "Subject: not a database\n".repeat(100));
  expect(() => openStateFile(file)).toThrow(ConfigurationError);
  expect(readFileSync(file, "utf8")).toMatch(/^Subject: not/);
});

test("a file in a folder that does not exist is refused", () => {
  expect(() => openStateFile(join(stateFile(), "none", "state.db"))).toThrow(ConfigurationError);
});

test("a database of another program that is in the way is refused in SQLite's own words", () => {
  const file = stateFile();
  using other = new DatabaseSync(file);
  other.exec("CREATE TABLE mail (x)");
  expect(() => openStateFile(file)).toThrow(/table mail already exists/);
  expect(other.prepare("PRAGMA user_version").get()).toEqual({ user_version: 0 });
});

test("closing twice is no error", () => {
  const state = openStateFile(":memory:");
  state.close();
  expect(() => state.close()).not.toThrow();
});

test("a file of the first version, with mails alone, gets what is missing and keeps its mails", async () => {
  const file = stateFile();
  using first = new DatabaseSync(file);
  first.exec(`CREATE TABLE mail (ses_message_id TEXT PRIMARY KEY, received_at TEXT, outcome TEXT NOT NULL,
    mail_from TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT NOT NULL, rules TEXT NOT NULL, record TEXT NOT NULL)
    STRICT, WITHOUT ROWID;
    CREATE INDEX mail_by_arrival ON mail (received_at);
    PRAGMA user_version = 1;`);
  first
    .prepare("INSERT INTO mail VALUES (?, NULL, 'processed', '', '', '', '[]', ?)")
    .run(recordOf().sesMessageId, JSON.stringify(recordOf()));
  first.close();
  using state = openStateFile(file);
  expect(await state.mailLog.find(recordOf().sesMessageId)).toEqual(recordOf());
  expect(await state.suppressionTable.put(suppressionOf())).toBe(true);
});

describe("a transaction", () => {
  test("writes all of it", async () => {
    using state = openStateFile(stateFile());
    const put = await state.transaction(() => state.suppressionTable.put(suppressionOf()));
    expect([put, await state.suppressionTable.get(suppressionOf().address)]).toEqual([true, suppressionOf()]);
  });

  test("writes nothing of it when it fails, and the next one can begin", async () => {
    using state = openStateFile(stateFile());
    const failing = state.transaction(async () => {
      await state.suppressionTable.put(suppressionOf());
      throw new Error("no disk");
    });
    await expect(failing).rejects.toThrow("no disk");
    expect(await state.transaction(() => state.suppressionTable.get(suppressionOf().address))).toBeUndefined();
  });

  test("that fails because the file was closed meanwhile says so in its own words", async () => {
    using state = openStateFile(stateFile());
    const failing = state.transaction(async () => {
      state.close();
      throw new Error("interrupted");
    });
    await expect(failing).rejects.toThrow("interrupted");
  });
});
