import { describe, expect, test } from "vitest";
import { type Work, withAnnouncement, withLease, withWork } from "../../shared/inbound/mail-entry.ts";
import { entryOf } from "../support/entries.ts";
import { receiptOf } from "../support/receipts.ts";
import { recordOf } from "../support/records.ts";

const workOf = (parts: Partial<Work> = {}): Work => ({
  holder: "run-1",
  done: ["new"],
  record: recordOf({ outcome: "ignored" }),
  receipt: receiptOf(),
  complete: true,
  ...parts,
});
const sales = receiptOf({ envelope: { mailFrom: "ana@client.example", recipients: ["sales@mail.acme.example"] } });

describe("an announcement", () => {
  test("that says nothing new leaves the entry as it is", () => {
    const entry = entryOf({ settled: true });
    expect([withAnnouncement(entry, receiptOf()), withAnnouncement(entry, null)]).toEqual([entry, entry]);
  });

  test("of further recipients is to be worked on", () => {
    expect(withAnnouncement(entryOf({ settled: true }), sales)).toMatchObject({
      settled: false,
      receipt: { envelope: { recipients: ["orders@mail.acme.example", "sales@mail.acme.example"] } },
    });
  });

  test("by SES, of what only the store had announced and nobody could vouch for, is news: whose word the verdicts are counts", () => {
    const entry = entryOf({ receipt: receiptOf({ origin: "rebuilt", verdictsTrusted: false }), settled: true });
    expect(withAnnouncement(entry, receiptOf())).toMatchObject({ settled: false, receipt: { verdictsTrusted: true } });
  });
});

describe("a claim", () => {
  const lease = { holder: "run-2", until: "2026-11-24T08:02:00.000Z" };

  test.each([
    ["of a mail that nobody holds counts no death", null, 1],
    ["of one whose holder's time is over counts one", { holder: "run-1", until: "2026-11-24T08:01:00.000Z" }, 2],
  ])("%s", (_, held, deaths) => {
    expect(withLease(entryOf({ lease: held, deaths: 1 }), lease)).toMatchObject({ lease, deaths });
  });
});

describe("work", () => {
  test("that is complete settles the mail and gives it back", () => {
    expect(withWork(entryOf({ deaths: 1 }), workOf())).toMatchObject({
      settled: true,
      lease: null,
      deaths: 0,
      done: ["b".repeat(32), "new"],
      record: { outcome: "ignored" },
    });
  });

  test("that is not complete gives the mail back unsettled", () => {
    expect(withWork(entryOf(), workOf({ complete: false }))).toMatchObject({ settled: false, lease: null });
  });

  test("that covers less than was announced meanwhile keeps the mail", () => {
    const entry = withAnnouncement(entryOf(), sales);
    expect(withWork(entry, workOf())).toMatchObject({ settled: false, lease: entryOf().lease });
  });

  test("of a run that goes on keeps the mail, and the count of those who died over it", () => {
    const entry = entryOf({ deaths: 2 });
    expect(withWork(entry, workOf({ complete: false, goesOn: true }))).toMatchObject({
      settled: false,
      lease: entry.lease,
      deaths: 2,
    });
  });

  test("of a run that was taken over marks what it did, and nothing else: the record and the lease are the other's", () => {
    const entry = entryOf({ lease: { holder: "run-2", until: "2026-11-24T08:02:00.000Z" }, deaths: 1 });
    expect(withWork(entry, workOf())).toEqual({ ...entry, done: [...entry.done, "new"] });
  });

  test("of such a run that did nothing leaves the entry as it is", () => {
    const entry = entryOf({ lease: null });
    expect(withWork(entry, workOf({ done: [] }))).toBe(entry);
  });

  test("in vain counts as a look, since the first of them; a mail that was read is not looked for any more", () => {
    const nothing = { record: undefined, complete: false, done: [] };
    const first = withWork(entryOf(), workOf({ ...nothing, missedAt: "2026-11-24T08:00:00.000Z" }));
    const again = { ...first, lease: entryOf().lease };
    const second = withWork(again, workOf({ ...nothing, missedAt: "2026-11-24T08:01:00.000Z" }));
    expect([first.looks, second.looks]).toEqual([
      { count: 1, since: "2026-11-24T08:00:00.000Z" },
      { count: 2, since: "2026-11-24T08:00:00.000Z" },
    ]);
    const failed = withWork({ ...second, lease: entryOf().lease }, workOf(nothing));
    expect([failed.looks?.count, withWork({ ...second, lease: entryOf().lease }, workOf()).looks]).toEqual([2, null]);
  });
});
