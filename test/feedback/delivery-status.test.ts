import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDeliveryStatus } from "../../shared/feedback/delivery-status.ts";
import { nastyText } from "../support/nasty-text.ts";

const lines = (...all: string[]) => all.join("\n");
const recipients = (text: string) => readDeliveryStatus(text).map(({ recipient }) => recipient);

describe("RFC 3464 section 2.1: groups", () => {
  test.each([
    {
      title: "each behind a blank line",
      text: lines(
        "Reporting-MTA: dns; mx.example.com",
        "",
        "Final-Recipient: rfc822; a@example.com",
        "",
        "Final-Recipient: rfc822; b@example.com",
      ),
      expected: ["a@example.com", "b@example.com"],
    },
    {
      title: "several blank lines",
      text: lines(
        "Reporting-MTA: dns; mx.example.com",
        "",
        "",
        "",
        "Final-Recipient: rfc822; a@example.com",
        "",
        "",
        "Final-Recipient: rfc822; b@example.com",
      ),
      expected: ["a@example.com", "b@example.com"],
    },
    {
      title: "no blank line before the second Final-Recipient",
      text: lines(
        "Final-Recipient: rfc822; a@example.com",
        "Action: failed",
        "Final-Recipient: rfc822; b@example.com",
        "Action: failed",
      ),
      expected: ["a@example.com", "b@example.com"],
    },
    {
      title: "no blank line, and Action first as SES has it",
      text: lines(
        "Action: failed",
        "Final-Recipient: rfc822; a@example.com",
        "Action: failed",
        "Final-Recipient: rfc822; b@example.com",
      ),
      expected: ["a@example.com", "b@example.com"],
    },
    {
      title: "no block of the message",
      text: "Final-Recipient: rfc822; a@example.com",
      expected: ["a@example.com"],
    },
    {
      title: "a group that names nobody beside one that does",
      text: lines("Final-Recipient: rfc822; a@example.com", "Status: 5.0.0", "", "Status: RO"),
      expected: ["a@example.com"],
    },
    { title: "nothing", text: "", expected: [] },
    { title: "prose", text: "The mail could not be delivered.\n\nSorry.", expected: [] },
  ])("$title", ({ text, expected }) => {
    expect(recipients(text)).toEqual(expected);
  });

  test("a stray blank line inside a group parts nothing", () => {
    const text = lines(
      "Final-Recipient: rfc822; a@example.com",
      "",
      "Action: failed",
      "Status: 5.1.1",
      "",
      "Diagnostic-Code: smtp; 550 no",
    );
    expect(readDeliveryStatus(text)).toMatchObject([
      { action: "failed", status: "5.1.1", diagnosticCode: "smtp; 550 no" },
    ]);
  });

  test("the message's own fields belong to each recipient, also where no blank line follows them", () => {
    const text = lines(
      "Reporting-MTA: dns; mx.example.com",
      "Final-Recipient: rfc822; a@example.com",
      "",
      "Final-Recipient: rfc822; b@example.com",
    );
    expect(readDeliveryStatus(text).map(({ reportingMta }) => reportingMta)).toEqual([
      "dns; mx.example.com",
      "dns; mx.example.com",
    ]);
  });
});

describe("RFC 3464 section 2.1.1: fields", () => {
  test.each([
    { title: "any case", text: "FINAL-recipient: RFC822; a@example.com\nSTATUS: 5.1.1" },
    { title: "white space before the colon", text: "Final-Recipient : rfc822; a@example.com\nStatus\t: 5.1.1" },
    { title: "folded", text: "Final-Recipient:\n rfc822;\n\ta@example.com\nStatus: 5.1.1" },
    {
      title: "wrapped without indentation",
      text: "Final-Recipient: rfc822; a@example.com\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 no\nsuch user",
    },
  ])("$title", ({ text }) => {
    expect(readDeliveryStatus(text)).toMatchObject([{ recipient: "a@example.com", status: "5.1.1" }]);
  });

  test("a wrapped answer is one line", () => {
    const [found] = readDeliveryStatus(
      "Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; 550-no\n  such\nuser",
    );
    expect(found?.diagnosticCode).toBe("smtp; 550-no such user");
  });

  test("an answer of a megabyte is cut", () => {
    const [found] = readDeliveryStatus(
      `Final-Recipient: rfc822; a@example.com\nDiagnostic-Code: ${"no ".repeat(350_000)}`,
    );
    expect(found?.diagnosticCode?.length).toBeLessThanOrEqual(4_000);
  });
});

describe("RFC 3464 section 2.3.2: whom a group is about", () => {
  test.each([
    ["rfc822; final@example.com", "rfc822; original@example.com", "final@example.com"],
    ["x-local; jane", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; jane", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; |/usr/bin/filter", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; /var/mail/jane", "rfc822; original@example.com", "original@example.com"],
    ["system; node::jane", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; jane@ims-ms-daemon", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; @store.example.com:jane@daemon", "rfc822; original@example.com", "original@example.com"],
    ["rfc822; jane@localhost", "", "jane@localhost"],
    ["rfc822; jane", "rfc822; jane", null],
  ])("Final-Recipient %s, Original-Recipient %s -> %s", (final, original, expected) => {
    expect(recipients(`Final-Recipient: ${final}\nOriginal-Recipient: ${original}\nAction: failed`)).toEqual([
      expected,
    ]);
  });

  test("X-Actual-Recipient counts last", () => {
    expect(recipients("Final-Recipient: x-local; jane\nX-Actual-Recipient: rfc822; jane@example.com")).toEqual([
      "jane@example.com",
    ]);
    expect(
      recipients("Final-Recipient: rfc822; info@example.com\nX-Actual-Recipient: rfc822; jane@example.net"),
    ).toEqual(["info@example.com"]);
  });
});

describe("RFC 3464 section 2.3.3: actions", () => {
  test.each([
    ["failed", "failed"],
    ["Failed (bad destination)", "failed"],
    ["failure", "failed"],
    ["delayed", "delayed"],
    ["deferred", "delayed"],
    ["delivered", "delivered"],
    ["relayed (to non-DSN-aware mailer)", "relayed"],
    ["expanded", "expanded"],
    ["hopeless", null],
    ["", null],
  ])("%s -> %s", (written, action) => {
    expect(readDeliveryStatus(`Final-Recipient: rfc822; a@example.com\nAction: ${written}`)).toMatchObject([
      { action },
    ]);
  });
});

test("dates are ISO 8601 in UTC, and null where they cannot be read", () => {
  const of = (field: string) => readDeliveryStatus(`Final-Recipient: rfc822; a@example.com\n${field}`)[0];
  expect(of("Last-Attempt-Date: Sat, 21 Nov 2026 07:41:19 +0900 (JST)")?.lastAttemptAt).toBe(
    "2026-11-20T22:41:19.000Z",
  );
  expect(of("Will-Retry-Until: Sat, 21 Nov 2026 07:41:19 +0000")?.retriedUntil).toBe("2026-11-21T07:41:19.000Z");
  expect(of("Last-Attempt-Date: soon")?.lastAttemptAt).toBeNull();
});

test("property: any text gives groups, each with an address or none", () => {
  const field = fc.constantFrom(
    "Final-Recipient",
    "Original-Recipient",
    "Action",
    "Status",
    "Diagnostic-Code",
    "Reporting-MTA",
    "X",
  );
  const line = fc.oneof(
    fc.tuple(field, nastyText).map(([name, value]) => `${name}: ${value}`),
    nastyText,
    fc.constant(""),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 40 }), (all) => {
      for (const { recipient } of readDeliveryStatus(all.join("\n")))
        if (recipient !== null) expect(recipient).toContain("@");
    }),
  );
});
