import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { MailLog } from "../../shared/ports.ts";
import { anyText } from "../support/arbitrary-alerts.ts";
import { collect } from "../support/collect.ts";
import { entryOf } from "../support/entries.ts";
import { recordOf } from "../support/records.ts";

export interface MailLogHarness {
  readonly mailLog: MailLog;
  close(): Promise<void> | void;
}

/** What every mail log does. `startEmpty` gives a log without entries. */
export function mailLogContract(name: string, startEmpty: () => Promise<MailLogHarness>): void {
  async function emptyLog(): Promise<MailLog> {
    const { mailLog, close } = await startEmpty();
    onTestFinished(close);
    return mailLog;
  }

  describe(`a mail log: ${name}`, () => {
    test("knows nothing of a mail that was never written", async () => {
      expect(await (await emptyLog()).find("m1")).toBeUndefined();
    });

    test.each([
      ["of a mail that was handled", entryOf()],
      ["of a mail that was only claimed", entryOf({ receipt: null, record: null, done: [] })],
    ])("gives back an entry %s as it was written", async (_, entry) => {
      const mailLog = await emptyLog();
      expect(await mailLog.put(entry)).toBe(true);
      expect(await mailLog.find("m1")).toEqual(entry);
    });

    test("keeps mails apart, also those whose keys differ in case alone", async () => {
      const mailLog = await emptyLog();
      const entries = ["m1", "M1", "m1/2"].map((key) => entryOf({ key }));
      for (const entry of entries) await mailLog.put(entry);
      expect(await Promise.all(entries.map(({ key }) => mailLog.find(key)))).toEqual(entries);
    });

    test("a new version takes the place of the one that it was made from", async () => {
      const mailLog = await emptyLog();
      await mailLog.put(entryOf());
      const next = entryOf({ version: 2, lease: null, settled: true });
      expect(await mailLog.put(next)).toBe(true);
      expect(await mailLog.find("m1")).toEqual(next);
    });

    test.each([
      ["a first version where one is already", 1],
      ["a version made from one that is not the last", 2],
      ["a version that leaves one out", 5],
    ])("trap 1.10, read-then-write deduplication: %s is refused, and changes nothing", async (_, version) => {
      const mailLog = await emptyLog();
      for (const each of [1, 2, 3]) await mailLog.put(entryOf({ version: each }));
      expect(await mailLog.put(entryOf({ version, settled: true }))).toBe(false);
      expect(await mailLog.find("m1")).toEqual(entryOf({ version: 3 }));
    });

    test("a second version of a mail that is not there is refused", async () => {
      const mailLog = await emptyLog();
      expect(await mailLog.put(entryOf({ version: 2 }))).toBe(false);
      expect(await mailLog.find("m1")).toBeUndefined();
    });

    test("of many who write the same version at once, one does", async () => {
      const mailLog = await emptyLog();
      const writings = Array.from({ length: 10 }, (_, run) =>
        mailLog.put(entryOf({ lease: { holder: `run-${run}`, until: "2026-11-24T08:01:00.000Z" } })),
      );
      const written = (await Promise.all(writings)).flatMap((done, run) => (done ? [`run-${run}`] : []));
      expect(written).toEqual([(await mailLog.find("m1"))?.lease?.holder]);
    });

    test("lists every entry, more of them than fit into one answer", async () => {
      const mailLog = await emptyLog();
      const keys = Array.from({ length: 1_100 }, (_, place) => `m${place}`).sort();
      for (const key of keys) await mailLog.put(entryOf({ key, record: null }));
      const listed = await collect(mailLog.list());
      expect(listed.map(({ key }) => key).sort()).toEqual(keys);
      expect(listed[0]).toEqual(entryOf({ key: listed[0]?.key ?? "", record: null }));
    });

    test("an entry that was removed is gone, and can be made anew; removing it again is no error", async () => {
      const mailLog = await emptyLog();
      for (const key of ["m1", "m2"]) await mailLog.put(entryOf({ key }));
      await mailLog.remove("m1");
      await mailLog.remove("m1");
      expect((await collect(mailLog.list())).map(({ key }) => key)).toEqual(["m2"]);
      expect(await mailLog.put(entryOf())).toBe(true);
    });

    test("what a caller does to an entry after writing or finding it changes nothing", async () => {
      const mailLog = await emptyLog();
      const entry = structuredClone(entryOf());
      await mailLog.put(entry);
      Object.assign(entry, { settled: true });
      Object.assign((await mailLog.find("m1")) ?? {}, { settled: true });
      expect(await mailLog.find("m1")).toEqual(entryOf());
    });

    test("gives back any text of a mail unchanged", async () => {
      const mailLog = await emptyLog();
      let version = 0;
      await fc.assert(
        fc.asyncProperty(anyText, anyText, async (subject, mailFrom) => {
          const { message, envelope } = recordOf();
          const record = recordOf({ message: { ...message, subject }, envelope: { ...envelope, mailFrom } });
          version += 1;
          await mailLog.put(entryOf({ version, record }));
          expect((await mailLog.find("m1"))?.record).toEqual(record);
        }),
        { numRuns: 50 },
      );
    });

    test("takes the largest entry that there is: 10,000 alerts of one mail, and a record of 200 KB", async () => {
      const mailLog = await emptyLog();
      const done = Array.from({ length: 10_000 }, (_, place) => createHash("md5").update(`${place}`).digest("hex"));
      const why = "x".repeat(200_000);
      const entry = entryOf({ done, record: recordOf({ why }) });
      expect(await mailLog.put(entry)).toBe(true);
      expect(await mailLog.find("m1")).toEqual(entry);
    });
  });
}
