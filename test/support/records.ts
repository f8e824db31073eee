import type { MailRecord } from "../../shared/inbound/record.ts";
import { ALL_PASS } from "./receipts.ts";

/** The record of a mail that one rule matched, but for what a test is about. */
export function recordOf(parts: Partial<MailRecord> = {}): MailRecord {
  const sesMessageId = parts.sesMessageId ?? "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01";
  return {
    v: 1,
    source: `raw/orders/${sesMessageId}`,
    sesMessageId,
    sha256: "a".repeat(64),
    size: 1834,
    receivedAt: "2026-11-20T09:14:03.412Z",
    envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
    verdicts: ALL_PASS,
    verdictsTrusted: true,
    rebuilt: false,
    message: { subject: "Service outage in Zagreb", from: [], to: [], date: null, attachments: [] },
    rulesVersion: "0123456789abcdef",
    matches: [{ rule: "outage", because: [{ field: "subject", condition: "outage", value: "Service outage" }] }],
    actions: [{ id: "b".repeat(32), rule: "outage", type: "alert", topic: "oncall", status: "planned" }],
    feedback: [],
    outcome: "processed",
    problems: [],
    ...parts,
  };
}
