import type { Alert } from "../../shared/alerts/alert.ts";
import { alertId } from "../../shared/alerts/alert-id.ts";
import { ALL_PASS } from "./receipts.ts";

/** An alert about a mail with which all is well, but for what a test is about. Its id follows mail and rule. */
export function alertOf(parts: Partial<Alert> = {}): Alert {
  const sesMessageId = parts.sesMessageId ?? "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01";
  const rule = parts.rule ?? "outage";
  return {
    v: 1,
    id: alertId(sesMessageId, rule),
    mark: parts.id ?? alertId(sesMessageId, rule),
    after: [],
    rule,
    severity: "critical",
    tags: [],
    topic: "oncall",
    sesMessageId,
    receivedAt: "2026-11-20T09:14:03.412Z",
    envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
    from: [{ name: "Ana Kovac", address: "ana@client.example" }],
    subject: "Service outage in Zagreb",
    because: [
      {
        field: "subject",
        keyword: "outage",
        start: 8,
        end: 14,
        excerpt: "Service outage in Zagreb",
        excerptStart: 8,
        excerptEnd: 14,
      },
    ],
    verdicts: ALL_PASS,
    verdictsTrusted: true,
    warnings: [],
    raw: `raw/orders/${sesMessageId}`,
    sha256: "a".repeat(64),
    size: 1834,
    ...parts,
  };
}
