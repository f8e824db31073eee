import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import * as z from "zod";
import type { Alert } from "../../shared/alerts/alert.ts";
import { alertJsonSchema, type PublishedAlert, publishedAlertSchema } from "../../shared/alerts/alert-schema.ts";
import { composeNotification, MAX_NOTIFICATION_BYTES, notificationBytes } from "../../shared/alerts/notification.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert } from "../support/arbitrary-alerts.ts";
import { ALL_PASS } from "../support/receipts.ts";
import { entryBytes, snsObjection } from "../support/sns-limits.ts";

/** The contract as subscribers read it. */
const document = JSON.parse(readFileSync("docs/alert.schema.json", "utf8"));
const documented = z.fromJSONSchema(document);

function publishedForm(alert: Alert): PublishedAlert {
  return JSON.parse(JSON.parse(composeNotification(alert).message).default);
}

/** The reason list that takes the most bytes: every character is escaped twice. */
const worst = "\u0001".repeat(2000);
const worstReasons = Array.from({ length: 60 }, () => ({
  field: worst,
  keyword: worst,
  start: 0,
  end: 1,
  excerpt: worst,
  excerptStart: 0,
  excerptEnd: 1,
  where: worst,
}));

test("docs/alert.schema.json is what the code publishes (npm run schemas writes it)", () => {
  expect(document).toEqual(alertJsonSchema());
});

test("any alert is published as documented, with no field that is not", () =>
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const form = publishedForm(alert);
      expect(documented.safeParse(form).error).toBeUndefined();
      expect(publishedAlertSchema.parse(form)).toEqual(form);
    }),
  ));

test("the documented schema refuses what is no alert", () => {
  expect(documented.safeParse({ ...publishedForm(alertOf()), severity: "loud" }).success).toBe(false);
  expect(documented.safeParse({ v: 1 }).success).toBe(false);
});

test("any alert is a notification that SNS takes", () =>
  fc.assert(
    fc.property(anyAlert, (alert) => {
      const notification = composeNotification(alert);
      const entry = { ...notification, messageStructure: "json", groupId: undefined, deduplicationId: undefined };
      expect(snsObjection(entry, false)).toBeUndefined();
      expect(notificationBytes(notification)).toBe(entryBytes(entry));
    }),
    { numRuns: 200 },
  ));

test("where the words stand in an excerpt stays true when it is cut", () => {
  const found = { field: "text", keyword: "a", start: 990, end: 1_100 };
  const excerpt = `${" ".repeat(990)}${"a".repeat(110)}`;
  const { because } = publishedForm(
    alertOf({ because: [{ ...found, excerpt, excerptStart: 990, excerptEnd: 1_100 }] }),
  );
  expect(because).toEqual([
    { ...found, excerpt: `${" ".repeat(990)}${"a".repeat(9)}…`, excerptStart: 990, excerptEnd: 999 },
  ]);
});

test("an ordinary alert loses nothing", () => {
  const alert = alertOf({ tags: ["night"], subject: "本番で障害", after: ["1".repeat(32)] });
  const { mailroom, recipientDomain, fromDomain, dmarc, cut, ...rest } = publishedForm(alert);
  expect({ ...rest, mark: mailroom.alert, after: mailroom.after }).toEqual(alert);
  expect(cut).toEqual([]);
});

test("trap 1.16, the form for machines names itself as an alert of ours, and says which alerts led to it", () => {
  const after = ["1".repeat(32), "2".repeat(32)];
  expect(publishedForm(alertOf()).mailroom).toEqual({ alert: alertOf().id });
  expect(publishedForm(alertOf({ after })).mailroom).toEqual({ alert: alertOf().id, after });
});

test.each<[string, Partial<Alert>]>([
  ["subject", { subject: "障害".repeat(100_000) }],
  ["because", { because: worstReasons }],
  [
    "because",
    {
      because: worstReasons
        .slice(0, 51)
        .map((reason) => ({ ...reason, field: "text", keyword: "a", excerpt: "b", where: "c" })),
    },
  ],
  [
    "envelope",
    { envelope: { mailFrom: "", recipients: Array.from({ length: 100_000 }, (_, i) => `a${i}@acme.example`) } },
  ],
  ["envelope", { envelope: { mailFrom: worst, recipients: [] } }],
  ["from", { from: Array.from({ length: 100_000 }, (_, i) => ({ name: "🔥", address: `a${i}@client.example` })) }],
  ["from", { from: [{ name: worst, address: worst }] }],
  ["tags", { tags: Array.from({ length: 60 }, (_, i) => `tag${i}`) }],
  ["raw", { raw: worst }],
  ["warnings", { warnings: [worst] }],
])("what is too long in %s is cut, and the alert says so", (field, parts) => {
  const notification = composeNotification(alertOf(parts));
  expect(notificationBytes(notification)).toBeLessThanOrEqual(MAX_NOTIFICATION_BYTES);
  expect(publishedForm(alertOf(parts)).cut).toEqual([field]);
});

test("everything too long at once still fits", () => {
  const boxes = Array.from({ length: 60 }, () => ({ name: worst, address: worst }));
  const recipients = boxes.map(({ address }) => address);
  const wild = {
    subject: worst,
    because: worstReasons,
    from: boxes,
    envelope: { mailFrom: worst, recipients },
    raw: worst,
  };
  const alert = alertOf({
    ...wild,
    tags: recipients,
    warnings: recipients,
    rule: worst,
    topic: worst,
    sesMessageId: worst,
  });
  expect(notificationBytes(composeNotification(alert))).toBeLessThanOrEqual(MAX_NOTIFICATION_BYTES);
});

test("a cut never leaves half a character", () => {
  const form = publishedForm(alertOf({ subject: `a${"🔥".repeat(1000)}` }));
  expect(form.subject.isWellFormed()).toBe(true);
  expect(form.subject.endsWith("🔥…")).toBe(true);
});

test.each<[string, Partial<Alert>, Partial<PublishedAlert>]>([
  [
    "each recipient's domain once",
    { envelope: { mailFrom: "", recipients: ["a@Mail.Acme.example", "b@mail.acme.example", "c@b.example"] } },
    { recipientDomain: ["mail.acme.example", "b.example"] },
  ],
  [
    "a domain in ASCII",
    { from: [{ name: "", address: "a@bücher.example" }] },
    { fromDomain: ["xn--bcher-kva.example"] },
  ],
  [
    "what follows the last @",
    { from: [{ name: "", address: '"a@b.example"@c.example' }] },
    { fromDomain: ["c.example"] },
  ],
  [
    "no domain of what is no address",
    {
      from: [
        { name: "", address: "undisclosed" },
        { name: "", address: "a@[192.0.2.1]" },
        { name: "", address: "a@b\nc" },
        { name: "", address: "a@xn--é" },
      ],
    },
    { fromDomain: [] },
  ],
  [
    "at most twenty domains",
    { from: Array.from({ length: 60 }, (_, i) => ({ name: "", address: `a@d${i}.example` })) },
    { fromDomain: Array.from({ length: 20 }, (_, i) => `d${i}.example`) },
  ],
  ["a DMARC verdict", { verdicts: { dmarc: "GRAY" } }, { dmarc: "GRAY" }],
  ["no DMARC verdict", { verdicts: {} }, { dmarc: "absent" }],
  ["a PASS that nobody vouches for", { verdicts: ALL_PASS, verdictsTrusted: false }, { dmarc: "untrusted" }],
  ["a FAIL that nobody vouches for", { verdicts: { dmarc: "FAIL" }, verdictsTrusted: false }, { dmarc: "FAIL" }],
])("subscriptions filter by %s", (_, parts, fields) => {
  expect(publishedForm(alertOf(parts))).toMatchObject(fields);
});

test.each<[string, Partial<Alert>]>([
  ["an empty list", { tags: [] }],
  ["emoji, which SNS refuses", { tags: ["🔥"] }],
  ["a list that is too long", { tags: Array.from({ length: 500 }, (_, i) => `tag-number-${i}`) }],
])("an attribute that SNS might refuse is left out: %s", (_, parts) => {
  const { attributes } = composeNotification(alertOf(parts));
  expect(Object.keys(attributes)).toEqual(["rule", "severity", "recipientDomain", "fromDomain", "dmarc"]);
});
