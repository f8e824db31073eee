import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composeEmail } from "../../shared/alerts/email-form.ts";
import {
  alertMark,
  idsToHandOn,
  loopHeader,
  MAX_AFTER,
  markedIds,
  roundsBefore,
} from "../../shared/alerts/loop-mark.ts";
import { composeNotification } from "../../shared/alerts/notification.ts";
import type { Message } from "../../shared/message/message.ts";
import { alertOf } from "../support/alerts.ts";
import { anyAlert, anyText } from "../support/arbitrary-alerts.ts";
import { messageOf } from "../support/messages.ts";

const ids = Array.from({ length: 30 }, (_, at) => at.toString(16).padStart(2, "0").repeat(16));
const [own = "", ...others] = ids;
const alert = alertOf({ id: own, after: others.slice(0, 3) });
const ALL = ids.slice(0, 4);
const EMAIL = composeEmail(alert);
const JSON_FORM: string = JSON.parse(composeNotification(alert).message).default;
const quoted = (text: string, sign: string) => text.replaceAll(/^/gm, sign);
const wrapped = (text: string, width: number) => text.replaceAll(new RegExp(`(.{1,${width}})(?: |$)`, "gm"), "$1\n");

describe("a mail that carries an alert about a mail with marks bears all of their ids, the alert's own first", () => {
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
    ["in the header of a mail of ours", { headers: [{ name: "x-mailroom", value: loopHeader(alert).value }] }],
    ["in the header, with spaces", { headers: [{ name: "x-mailroom", value: `${own} ; after=${ALL.join(", ")}` }] }],
    ["in the text and the HTML", { text: EMAIL, htmlText: { text: quoted(EMAIL, "> "), hidden: [] } }],
    ["above the mark of an alert that it is about", { text: `${EMAIL}\n"[error] x - Mailroom alert ${ALL[1]}"` }],
  ])("when it is %s", (_, message) => {
    expect(markedIds(messageOf(message))).toEqual(ALL);
  });
});

test.each<[string, Partial<Message>, readonly string[]]>([
  ["an alert about a mail without marks", { text: `[error] x - Mailroom alert ${own}\n` }, [own]],
  ["such an alert as JSON", { text: `{"mailroom":{"alert":"${own}"},"v":1}` }, [own]],
  ["an alert whose mark goes on with something else", { text: `Mailroom alert ${own}, hop 2` }, [own]],
  ["a marker header", { headers: [{ name: "x-mailroom", value: own }] }, [own]],
  [
    "several marks",
    { text: `Mailroom alert ${ids[2]}\nMailroom alert ${ids[1]}\nMailroom alert ${ids[2]}` },
    [ids[2] ?? "", ids[1] ?? ""],
  ],
  [
    "marks of several kinds, in the order in which they stand",
    { text: `{"mailroom":{"alert":"${ids[3]}"}} Mailroom alert ${ids[2]} After alert: ${ids[1]}` },
    [ids[3] ?? "", ids[2] ?? "", ids[1] ?? ""],
  ],
  [
    "the line of the others alone",
    { text: `After alert: ${ids[1]} ${ids[2]} and so on` },
    [ids[1] ?? "", ids[2] ?? ""],
  ],
  ["no id", { text: "Mailroom alert soon. After alert: sleep" }, []],
  ["another header", { headers: [{ name: "x-other", value: own }] }, []],
  ["a marker header that does not begin with an id", { headers: [{ name: "x-mailroom", value: `re: ${own}` }] }, []],
  ["other JSON", { text: `{"mailroom":{"version":"${own}"}}` }, []],
  ["nothing", {}, []],
])("the marks of a mail with %s", (_, message, marked) => {
  expect(markedIds(messageOf(message))).toEqual(marked);
});

test.each<[string, Partial<Message>]>([
  ["in its text", { text: ids.map((id) => `Mailroom alert ${id}`).join("\n") }],
  ["in attached messages", { nested: ids.map((id) => messageOf({ text: `Mailroom alert ${id}` })) }],
  ["in its header", { headers: ids.map((value) => ({ name: "x-mailroom", value })) }],
])("a mail costs 16 questions of the mail log at most, however many marks it bears %s", (_, message) => {
  expect(markedIds(messageOf(message))).toEqual(ids.slice(0, 16));
});

test("an alert hands on the ids of the mail that it is about, the newest 10, but none that the desk knows for its own", () => {
  const message = messageOf({ text: ids.map((id) => `Mailroom alert ${id}`).join("\n") });
  expect(idsToHandOn(undefined, new Map())).toEqual([]);
  expect(idsToHandOn(messageOf(), new Map())).toEqual([]);
  expect(idsToHandOn(message, new Map())).toEqual(ids.slice(0, MAX_AFTER));
  expect(idsToHandOn(message, new Map([[own, 1]]))).toEqual(ids.slice(1, MAX_AFTER + 1));
});

test("what led to a mail is counted along one row of alerts: three independent ones in a mail are one round", () => {
  expect(roundsBefore(new Map())).toBe(0);
  expect(roundsBefore(new Map(ALL.map((id) => [id, 1])))).toBe(1);
  expect(
    roundsBefore(
      new Map([
        [own, 2],
        [others[0] ?? "", 1],
      ]),
    ),
  ).toBe(2);
});

test("how the mark reads", () => {
  expect(alertMark(own)).toBe(` - Mailroom alert ${own}`);
  expect(EMAIL.split("\n").slice(0, 3)).toEqual([
    `[critical] outage - Mailroom alert ${own}`,
    `After alert: ${ALL.slice(1).join(" ")}`,
    "",
  ]);
  expect(loopHeader({ mark: own, after: [] })).toEqual({ name: "X-Mailroom", value: own });
  expect(loopHeader({ mark: own, after: ALL.slice(1) }).value).toBe(`${own}; after=${ALL.slice(1).join(",")}`);
});

test("whatever the alert is about, all forms bear its ids first", () =>
  fc.assert(
    fc.property(anyAlert, anyText, (told, before) => {
      const marked = [...new Set([told.mark, ...told.after])];
      const published: string = JSON.parse(composeNotification(told).message).default;
      expect(markedIds(messageOf({ text: `${before}\n${composeEmail(told)}` }))).toEqual(marked);
      expect(markedIds(messageOf({ text: published }))).toEqual(marked);
      expect(markedIds(messageOf({ headers: [{ ...loopHeader(told), name: "x-mailroom" }] }))).toEqual(marked);
    }),
    { numRuns: 100 },
  ));

test("text made of beginnings of marks is read in linear time", () => {
  const beginnings = [
    `Mailroom ${">".repeat(9)} alert `,
    'mailroom\\\\":',
    `Mailroom alert ${"0".repeat(31)} `,
    `After alert: ${"0".repeat(31)} `,
    `mailroom":{"alert":"${own}","after":[${'"\\ ,'.repeat(20)}`,
  ];
  const found = beginnings.map((each) => markedIds(messageOf({ text: each.repeat(100_000) })));
  expect(found).toEqual([[], [], [], [], [own]]);
});
