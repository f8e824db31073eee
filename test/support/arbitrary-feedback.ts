import { createHash } from "node:crypto";
import * as fc from "fast-check";
import type { Feedback } from "../../shared/feedback/feedback.ts";
import { bounceOf, complaintOf, delayOf, deliveryOf } from "./feedback.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-06-01T00:00:00.000Z");

const time = fc.option(
  fc.integer({ min: 0, max: 170 }).map((days) => new Date(START + days * DAY).toISOString()),
  { freq: 20 },
);

const bounce = fc
  .constantFrom(
    { bounceType: "Permanent", bounceSubType: "General", reason: "userUnknown" } as const,
    { bounceType: "Permanent", bounceSubType: "Suppressed", reason: "undefined" } as const,
    { bounceType: "Permanent", bounceSubType: "OnAccountSuppressionList", reason: "undefined" } as const,
    { bounceType: "Permanent", bounceSubType: "Newer", reason: "undefined" } as const,
    { bounceType: "Permanent", bounceSubType: "General", reason: "contentRejected" } as const,
    { bounceType: "Transient", bounceSubType: "General", reason: "undefined" } as const,
    { bounceType: "Transient", bounceSubType: "MailboxFull", reason: "mailboxFull" } as const,
    { bounceType: "Transient", bounceSubType: "General", reason: "networkError" } as const,
    { bounceType: "Undetermined", bounceSubType: "Undetermined", reason: "undefined" } as const,
  )
  .map((type) =>
    type.bounceType === "Permanent" ? bounceOf(type) : bounceOf({ ...type, status: null, diagnosticCode: null }),
  );

const complaint = fc.constantFrom(
  complaintOf(),
  complaintOf({ candidates: 3 }),
  complaintOf({ feedbackType: "not-spam" }),
  complaintOf({ feedbackType: "virus" }),
);

/** Any report about one of the addresses, within half a year; soft ones and deliveries are the most frequent, as in life. */
export function arbitraryFeedback(addresses: readonly string[]): fc.Arbitrary<Feedback> {
  return fc
    .record({
      report: fc.oneof(
        { weight: 6, arbitrary: bounce },
        { weight: 2, arbitrary: complaint },
        { weight: 1, arbitrary: fc.constantFrom(delayOf(), deliveryOf()) },
      ),
      recipient: fc.constantFrom(...addresses),
      at: time,
      id: fc.nat(30),
      trusted: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    })
    .map(({ report, recipient, at, id, trusted }) => ({
      ...report,
      recipient,
      at,
      // As in life, a report with this id says always the same.
      id: createHash("sha1")
        .update(`${id} ${at} ${JSON.stringify(report)}`)
        .digest("hex"),
      trusted,
    }));
}
