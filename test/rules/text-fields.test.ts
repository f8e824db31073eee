import { describe, expect, test } from "vitest";
import type { Message } from "../../shared/message/message.ts";
import { isTextReason } from "../../shared/rules/reason.ts";
import { messageOf } from "../support/messages.ts";
import { reasonsOf } from "../support/rules.ts";

/** Where a keyword is found when these fields are searched: field, part and offset. */
function found(message: Partial<Message>, fields: string, keyword = "outage"): readonly string[] | undefined {
  return reasonsOf(`{ keywords: { any: [${keyword}], in: [${fields}] } }`, { message })?.map((reason) =>
    isTextReason(reason) ? `${reason.field}${reason.where ? ` (${reason.where})` : ""} ${reason.start}` : "",
  );
}

test.each([
  ["subject", { subject: "An outage" }, ["subject 3"]],
  ["text", { text: "An outage" }, ["text 3"]],
  ["html", { html: "An outage" }, ["html 3"]],
  ["html", { html: "<b>outage</b>", htmlText: { text: "the outage", hidden: [] } }, ["html 4"]],
  [
    "from",
    {
      from: [
        { name: "", address: "a@b.example" },
        { name: "The outage", address: "c@d.example" },
      ],
    },
    ["from (from[1].name) 4"],
  ],
  ["from", { from: [{ name: "A", address: "outage@b.example" }] }, ["from (from[0].address) 0"]],
  ["to", { cc: [{ name: "", address: "x.outage@b.example" }] }, ["to (cc[0].address) 2"]],
  [
    "attachmentNames",
    {
      attachments: [
        { filename: null, contentType: "a/b", size: 0, inline: false },
        { filename: "outage.pdf", contentType: "a/b", size: 0, inline: true },
      ],
    },
    ["attachmentNames (attachments[1]) 0"],
  ],
  [
    "attachmentNames",
    {
      attachments: [
        { filename: "a.pdf", otherNames: ["b.pdf", "outage.exe"], contentType: "a/b", size: 0, inline: false },
        { filename: null, otherNames: ["outage.pdf"], contentType: "a/b", size: 0, inline: false },
      ],
    },
    ["attachmentNames (attachments[0].otherNames[1]) 0"],
  ],
  [
    "attachmentTypes",
    { attachments: [{ filename: null, contentType: "x-outage/plain", size: 0, inline: false }] },
    ["attachmentTypes (attachments[0]) 2"],
  ],
  ["'header:X-Ticket'", { headers: [{ name: "x-ticket", value: "7 outage" }] }, ["header:X-Ticket 2"]],
  [
    "'header:X-Ticket'",
    {
      headers: [
        { name: "x-ticket", value: "7" },
        { name: "x-other", value: "outage" },
        { name: "x-ticket", value: "outage" },
      ],
    },
    ["header:X-Ticket (header:X-Ticket[1]) 0"],
  ],
  ["text, text", { text: "outage" }, ["text 0"]],
  ["subject, text", { subject: "outage", text: "outage, outage" }, ["subject 0", "text 0"]],
  [
    "subject, text, html, from, to",
    { attachments: [{ filename: "outage", contentType: "outage/outage", size: 0, inline: false }] },
    undefined,
  ],
])("in %s, a keyword is found in its own field only", (fields, message, places) => {
  expect(found(message, fields)).toEqual(places);
});

test("words of two addresses, attachments or headers are not read as one text", () => {
  const message = {
    from: [{ name: "service", address: "down@acme.example" }],
    attachments: ["service", "down"].map((filename) => ({ filename, contentType: "a/b", size: 0, inline: false })),
    headers: ["service", "down"].map((value) => ({ name: "x-tag", value })),
  };
  expect(found(message, "from, attachmentNames, 'header:X-Tag'", "'service down'")).toBeUndefined();
});

describe("a mail without a plain part has the same words in text and html: they are found once", () => {
  const message = {
    html: "<p>outage</p>",
    htmlText: { text: "outage", hidden: [] },
    text: "outage",
    textFromHtml: true,
  };
  test.each([
    ["subject, text, html", ["html 0"]],
    ["html", ["html 0"]],
    ["text", ["text 0"]],
  ])("in %s", (fields, places) => {
    expect(found(message, fields)).toEqual(places);
  });

  test("and a pattern too", () => {
    const fields = (when: string) => reasonsOf(when, { message })?.map(({ field }) => field);
    expect(fields("{ matches: { pattern: out } }")).toEqual(["html"]);
    expect(fields("{ matches: { pattern: out, in: [text] } }")).toEqual(["text"]);
  });
});

test("trap 2, the keyword only in the html of multipart/alternative: both are searched", () => {
  expect(found({ text: "See the other part.", html: "outage" }, "subject, text, html, attachmentNames")).toEqual([
    "html 0",
  ]);
});

describe("attached messages", () => {
  const inner = messageOf({
    subject: "Fwd: outage",
    text: "no news",
    html: "an outage",
    attachments: [{ filename: "outage.log", contentType: "text/plain", size: 1, inline: false }],
  });

  test("count as text, beside the mail's own: the first place in each", () => {
    expect(found({ nested: [inner] }, "text")).toEqual(["text (nested[0].subject) 5"]);
    expect(found({ text: "outage", nested: [inner, inner] }, "text")).toEqual(["text 0", "text (nested[0].subject) 5"]);
    expect(found({ nested: [inner] }, "subject, html, from")).toBeUndefined();
  });

  test("are searched at any depth, with text, html and file names", () => {
    const deep = messageOf({ nested: [messageOf(), { ...inner, subject: "" }] });
    expect(found({ nested: [messageOf(), deep] }, "text, attachmentNames")).toEqual([
      "text (nested[1].nested[1].html) 3",
      "attachmentNames (nested[1].nested[1].attachments[0]) 0",
    ]);
  });

  test("without a plain part are searched once", () => {
    const made = messageOf({ text: "outage", textFromHtml: true, htmlText: { text: "outage", hidden: [] } });
    expect(found({ nested: [made] }, "text")).toEqual(["text (nested[0].html) 0"]);
  });

  test.each(["delivery-status", "feedback-report", "disposition-notification"] as const)(
    "trap 2, inline message/rfc822 merged into text: the original in a %s is not searched",
    (report) => {
      expect(found({ report, nested: [inner] }, "text, attachmentNames")).toBeUndefined();
      expect(found({ nested: [messageOf({ report, nested: [inner] })] }, "text, attachmentNames")).toBeUndefined();
      expect(found({ report, text: "outage", nested: [inner] }, "text")).toEqual(["text 0"]);
    },
  );

  test("in an auto-reply are searched", () => {
    expect(found({ report: "auto-reply", nested: [inner] }, "text")).toEqual(["text (nested[0].subject) 5"]);
  });
});
