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

test.each([
  ["letters", "x"],
  ["three bytes each", "障"],
  ["four bytes each", "🔥"],
  ["a control character, which JSON writes with six", "\0"],
  ["half a character, which JSON writes with six", "\ud83d"],
  ["a quote, which JSON writes with two", '"'],
])(
  "a report of megabytes fits into an item of DynamoDB, with room for what is kept beside it: %s",
  (_title, character) => {
    const long = character.repeat(1_000_000);
    const tags = Object.fromEntries(
      Array.from({ length: 1000 }, (_, at) => [`${at} ${long.slice(0, 1000)}`, Array(100).fill(long)]),
    );
    const mail = { messageId: long, messageIdHeader: long, sentAt: long, source: long, tags };
    const status = { action: long, status: long, diagnosticCode: long, reportingMta: long, bounceSubType: long };
    const kept = keptFeedback(bounceOf({ id: long, recipient: long, ...status, mail }));
    expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(250_000);
    expect(Object.keys(kept.mail.tags)[0]).toMatch(/^0 /);
  },
);

test("as many tags as SES allows, each as long as it allows, are kept", () => {
  const name = (at: number) => `${String(at).padStart(2, "0")}${"n".repeat(254)}`;
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [name(at), ["v".repeat(256)]]));
  expect(keptFeedback(bounceOf({ mail: { ...sentMail, tags } })).mail.tags).toEqual(tags);
});
