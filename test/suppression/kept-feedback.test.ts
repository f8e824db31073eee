import { expect, test } from "vitest";
import { keptFeedback } from "../../shared/suppression/kept-feedback.ts";
import { bounceOf, complaintOf, delayOf, deliveryOf, sentMail } from "../support/feedback.ts";

test.each([bounceOf(), complaintOf(), delayOf(), deliveryOf({ diagnosticCode: "250 障害" })])(
  "a report as it comes in life is kept as it is: $kind",
  (feedback) => {
    const tagged = { ...feedback, mail: { ...sentMail, tags: { "ses:from-domain": ["acme.example"] } } };
    expect(keptFeedback(tagged)).toEqual(tagged);
  },
);

test("a report of megabytes fits into an item of DynamoDB, and into an item with as much again around it", () => {
  const long = "障".repeat(1_000_000);
  const tags = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [`${at} ${long.slice(0, 1000)}`, Array(100).fill(long)]),
  );
  const mail = { messageId: long, messageIdHeader: long, sentAt: long, source: long, tags };
  const kept = keptFeedback(
    bounceOf({ id: long, diagnosticCode: long, reportingMta: long, bounceSubType: long, mail }),
  );
  expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(400_000 - 16_000);
});
