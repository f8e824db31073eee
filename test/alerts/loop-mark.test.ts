import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeEmail } from "../../shared/alerts/email-form.ts";
import { alertMark, loopHeader, markedHop, nextHop } from "../../shared/alerts/loop-mark.ts";
import { composeNotification } from "../../shared/alerts/notification.ts";
import type { Message } from "../../shared/message/message.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert, anyText } from "../support/arbitrary-alerts.ts";
import { messageOf } from "../support/messages.ts";

const ID = "48c1ad0f2cec109746e389a1dbd73dfe";
const EMAIL = composeEmail(alertOf({ hop: 2 }));
const JSON_FORM: string = JSON.parse(composeNotification(alertOf({ hop: 2 })).message).default;
const quoted = (text: string, sign: string) => text.replaceAll(/^/gm, sign);
const wrapped = (text: string, width: number) => text.replaceAll(new RegExp(`(.{1,${width}})(?: |$)`, "gm"), "$1\n");

describe("the hop of a mail that carries an alert of hop 2", () => {
  test.each<[string, Partial<Message>]>([
    ["as SNS sends it", { text: EMAIL }],
    ["with CRLF", { text: EMAIL.replaceAll("\n", "\r\n") }],
    ["quoted", { text: quoted(EMAIL, "> ") }],
    ["quoted thrice, without spaces", { text: quoted(EMAIL, ">>>") }],
    ["quoted with bars", { text: quoted(EMAIL, "| ") }],
    ["quoted, and wrapped narrowly", { text: quoted(wrapped(EMAIL, 40), "> ") }],
    ["behind other text", { text: `FYI\n\n----- Forwarded message -----\nFrom: x\n\n${EMAIL}` }],
    ["behind very much other text", { text: `${"FYI, see below. ".repeat(20_000)}${EMAIL}` }],
    ["in the HTML beside a text", { text: "see the HTML", htmlText: { text: EMAIL, hidden: [] } }],
    ["in an attached message", { nested: [messageOf({ nested: [messageOf({ text: EMAIL })] })] }],
    ["by email-json", { text: JSON.stringify({ Type: "Notification", Message: JSON_FORM }, null, 2) }],
    ["as plain JSON", { text: JSON_FORM }],
    ["as JSON, indented and quoted", { text: quoted(JSON.stringify(JSON.parse(JSON_FORM), null, 2), "> ") }],
    ["as JSON in JSON in JSON", { text: JSON.stringify({ body: JSON.stringify({ Message: JSON_FORM }) }) }],
    ["in the header of a mail of ours", { headers: [{ name: "x-mailroom", value: `${ID}; hop=2` }] }],
    ["beside the mark of the alert that it is about", { text: `${EMAIL}\n"[error] x - Mailroom alert ${ID}"` }],
  ])("is 2 when it is %s", (_, message) => {
    expect(markedHop(messageOf(message))).toBe(2);
    expect(nextHop(messageOf(message))).toBe(3);
  });
});

test.each<[string, Partial<Message>, number]>([
  ["an alert from before there were hops", { text: `[error] x - Mailroom alert ${ID}\n` }, 1],
  ["such an alert as JSON", { text: `{"mailroom":{"alert":"${ID}"},"v":1}` }, 1],
  ["a marker header without a hop", { headers: [{ name: "x-mailroom", value: ID }] }, 1],
  ["a hop of 0", { text: `Mailroom alert ${ID}, hop 0` }, 1],
  ["a hop that is far too high", { text: `Mailroom alert ${ID}, hop 99999` }, 999],
  [
    "several marks",
    { text: `Mailroom alert ${ID}, hop 1\nMailroom alert ${ID}, hop 3\nMailroom alert ${ID}, hop 2` },
    3,
  ],
  ["no id", { text: "Mailroom alert soon, hop 3" }, 0],
  ["another header", { headers: [{ name: "x-other", value: `${ID}; hop=2` }] }, 0],
  [
    "a marker header that does not begin with an id",
    { headers: [{ name: "x-mailroom", value: `re: ${ID}; hop=2` }] },
    0,
  ],
  ["other JSON", { text: `{"mailroom":{"version":"${ID}","hop":3}}` }, 0],
  ["nothing", {}, 0],
])("the hop of a mail with %s", (_, message, hop) => {
  expect(markedHop(messageOf(message))).toBe(hop);
});

test("a mail from outside raises alerts of hop 1, and no mark raises one above 4", () => {
  expect(nextHop(undefined)).toBe(1);
  expect(nextHop(messageOf())).toBe(1);
  expect(nextHop(messageOf({ text: `Mailroom alert ${ID}, hop 999` }))).toBe(4);
});

test("an alert of hop 1 reads as it always did", () => {
  expect(alertMark({ id: ID, hop: 1 })).toBe(` - Mailroom alert ${ID}`);
  expect(alertMark({ id: ID, hop: 3 })).toBe(` - Mailroom alert ${ID}, hop 3`);
  expect(loopHeader({ id: ID, hop: 1 })).toEqual({ name: "X-Mailroom", value: `${ID}; hop=1` });
});

test("whatever the alert is about, both forms bear its hop; the header too", () =>
  fc.assert(
    fc.property(anyAlert, anyText, (alert, before) => {
      const email = composeEmail(alert);
      const published: string = JSON.parse(composeNotification(alert).message).default;
      const text = `${before}\n${email}`;
      expect(markedHop(messageOf({ text }))).toBe(alert.hop);
      expect(markedHop(messageOf({ text: published }))).toBe(alert.hop);
      expect(markedHop(messageOf({ headers: [{ ...loopHeader(alert), name: "x-mailroom" }] }))).toBe(alert.hop);
    }),
    { numRuns: 100 },
  ));

test("text made of beginnings of marks is read in linear time", () => {
  const beginnings = [`Mailroom ${">".repeat(9)} alert `, 'mailroom\\\\":', `Mailroom alert ${"0".repeat(31)} `];
  for (const each of beginnings) expect(markedHop(messageOf({ text: each.repeat(100_000) }))).toBe(0);
});
