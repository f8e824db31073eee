import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { entryOf } from "../support/entries.ts";
import { recordOf } from "../support/records.ts";
import { suppressionOf } from "../support/suppressions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

function stateFile(): string {
  return join(temporaryFolder(), "state.db");
}

test("records are there when the file is opened again", async () => {
  const file = stateFile();
  using first = openStateFile(file);
  await first.mailLog.put(entryOf());
  first.close();
  using second = openStateFile(file);
  expect(await second.mailLog.find("m1")).toEqual(entryOf());
});

test("two that have the same file open see each other's records", async () => {
  const file = stateFile();
  using one = openStateFile(file);
  using other = openStateFile(file);
  await one.mailLog.put(entryOf());
  expect(await other.mailLog.find("m1")).toEqual(entryOf());
});

test("many that open a new file at the same moment all open it", async () => {
  const opener = `
    const { parentPort } = require("node:worker_threads");
    const loaded = import(${JSON.stringify(new URL("../../shared/local/state-file.ts", import.meta.url).href)});
    parentPort.on("message", async ({ file, arrived, all }) => {
      const { openStateFile } = await loaded;
      // All together, or the race is not one.
      Atomics.add(arrived, 0, 1);
      while (Atomics.load(arrived, 0) < all);
      try {
        openStateFile(file).close();
        parentPort.postMessage("opened");
      } catch (error) {
        parentPort.postMessage(error.message);
      }
    });`;
  const openers = Array.from({ length: 4 }, () => new Worker(opener, { eval: true }));
  const told: string[] = [];
  for (let round = 0; round < 150; round++) {
    const race = { file: stateFile(), arrived: new Int32Array(new SharedArrayBuffer(4)), all: openers.length };
    const answers = openers.map((worker) => once(worker, "message"));
    for (const worker of openers) worker.postMessage(race);
    for (const [answer] of await Promise.all(answers)) told.push(answer as string);
  }
  await Promise.all(openers.map((worker) => worker.terminate()));
  expect(told.filter((answer) => answer !== "opened")).toEqual([]);
});

test("the file says its version, keeps a write-ahead log, and has columns to search by", async () => {
  const file = stateFile();
  using state = openStateFile(file);
  await state.mailLog.put(entryOf());
  using database = new DatabaseSync(file);
  expect(database.prepare("PRAGMA user_version").get()).toEqual({ user_version: 4 });
  expect(database.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
  expect(database.prepare("SELECT subject, outcome FROM mail_log WHERE rules LIKE '%outage%'").all()).toEqual([
    { subject: "Service outage in Zagreb", outcome: "processed" },
  ]);
});

test("a file of a newer version is refused and left as it is", () => {
  const file = stateFile();
  using database = new DatabaseSync(file);
  database.exec("PRAGMA user_version = 99");
  expect(() => openStateFile(file)).toThrow(/written by a newer Mailroom: expected version 4 at most, got 99/);
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

test("a file of the first version gets what is missing, and keeps its mails as handled ones", async () => {
  const file = stateFile();
  const { actions } = recordOf();
  const record = recordOf({ actions: [...actions, { ...actions[0], id: "c".repeat(32), status: "done" } as never] });
  using first = new DatabaseSync(file);
  first.exec(`CREATE TABLE mail (ses_message_id TEXT PRIMARY KEY, received_at TEXT, outcome TEXT NOT NULL,
    mail_from TEXT NOT NULL, subject TEXT NOT NULL, sha256 TEXT NOT NULL, rules TEXT NOT NULL, record TEXT NOT NULL)
    STRICT, WITHOUT ROWID;
    CREATE INDEX mail_by_arrival ON mail (received_at);
    PRAGMA user_version = 1;`);
  first
    .prepare("INSERT INTO mail VALUES ('m1', NULL, 'processed', '', '', 'abc', '[]', ?)")
    .run(JSON.stringify(record));
  first.close();
  using state = openStateFile(file);
  expect(await state.mailLog.find("m1/abc")).toEqual(
    entryOf({
      key: "m1/abc",
      receipt: null,
      lease: null,
      deaths: 0,
      done: ["c".repeat(32)],
      record,
      settled: true,
      changedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]{12}Z$/) as never,
    }),
  );
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

test("a file that is written anew holds nothing of what was removed, nor does its write-ahead log", async () => {
  const file = stateFile();
  using state = openStateFile(file);
  const states = Array.from({ length: 200 }, (_, at) => suppressionOf({ address: `reader${at}@partner.example` }));
  for (const each of states) await state.suppressionTable.put(each);
  for (const each of states) await state.suppressionTable.removeState(each);
  state.rewrite();
  const left = [file, `${file}-wal`].map((path) => readFileSync(path, "latin1"));
  expect(left.join("")).not.toContain("partner.example");
  expect(await state.suppressionTable.put(suppressionOf())).toBe(true);
});
