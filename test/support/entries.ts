import type { MailEntry } from "../../shared/inbound/mail-entry.ts";
import { receiptOf } from "./receipts.ts";
import { recordOf } from "./records.ts";

/** The entry of a mail that one run has handled and not yet given back, but for what a test is about. */
export function entryOf(parts: Partial<MailEntry> = {}): MailEntry {
  return {
    key: "m1",
    version: 1,
    receipt: receiptOf(),
    lease: { holder: "run-1", until: "2026-11-24T08:01:00.000Z" },
    deaths: 0,
    looks: null,
    done: ["b".repeat(32)],
    record: recordOf(),
    settled: false,
    changedAt: "2026-11-24T08:00:00.000Z",
    ...parts,
  };
}
