import { createHash } from "node:crypto";
import { PassThrough, Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MAX_REPORT_BYTES } from "../../shared/message/limits.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

const mail = (...lines: string[]): Buffer => Buffer.from(lines.join("\r\n"), "latin1");
const codes = (message: { problems: readonly { code: string }[] }): string[] =>
  message.problems.map(({ code }) => code);

/** A multipart mail: each part is its header lines, an empty line and its body, as one string. */
function multipart(type: string, ...parts: string[]): Buffer {
  const body = parts.map((part) => `--b\r\n${part}\r\n`).join("");
  return mail("Subject: s", `Content-Type: multipart/${type}; boundary=b`, "", `${body}--b--`, "");
}

const attached = (inner: string): string => `Content-Type: message/rfc822\r\n\r\n${inner}`;

describe("a whole mail", () => {
  test("every field of a message", async () => {
    const raw = mail(
      "From: Ana <ana@client.example>",
      "To: desk@acme.example",
      "Cc: x@acme.example",
      "Reply-To: r@client.example",
      "Subject: =?utf-8?B?6Zqc5a6z?=",
      "Date: Fri, 20 Nov 2026 10:13:58 +0100",
      "Message-ID: <7f1c@client.example>",
      "X-Ticket: 4711",
      "",
      "Hello",
      "",
    );
    expect(await parseMessage(raw)).toEqual({
      size: raw.length,
      sha256: createHash("sha256").update(raw).digest("hex"),
      headers: [
        { name: "from", value: "Ana <ana@client.example>" },
        { name: "to", value: "desk@acme.example" },
        { name: "cc", value: "x@acme.example" },
        { name: "reply-to", value: "r@client.example" },
        { name: "subject", value: "障害" },
        { name: "date", value: "Fri, 20 Nov 2026 10:13:58 +0100" },
        { name: "message-id", value: "<7f1c@client.example>" },
        { name: "x-ticket", value: "4711" },
      ],
      rawHeaders: expect.arrayContaining([{ name: "subject", value: "=?utf-8?B?6Zqc5a6z?=" }]),
      subject: "障害",
      from: [{ name: "Ana", address: "ana@client.example" }],
      to: [{ name: "", address: "desk@acme.example" }],
      cc: [{ name: "", address: "x@acme.example" }],
      replyTo: [{ name: "", address: "r@client.example" }],
      date: "2026-11-20T09:13:58.000Z",
      messageIdHeader: "<7f1c@client.example>",
      text: "Hello\n",
      html: "",
      htmlText: { text: "", hidden: [] },
      textFromHtml: false,
      attachments: [],
      nested: [],
      report: null,
      reportParts: [],
      problems: [],
    });
  });

  test("a buffer, one chunk a byte, and any chunks give the same message", async () => {
    const raw = multipart(
      "mixed",
      "Content-Type: text/plain; charset=utf-8\r\n\r\n\xe9\x9a\x9c",
      attached("Subject: in\r\n\r\nx"),
    );
    const whole = await parseMessage(raw);
    expect(await parseMessage(Readable.from(Array.from(raw, (byte) => Buffer.of(byte))))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 50 }), async (size) => {
        const chunks = Array.from({ length: Math.ceil(raw.length / size) }, (_, at) =>
          raw.subarray(at * size, (at + 1) * size),
        );
        expect(await parseMessage(Readable.from(chunks))).toEqual(whole);
      }),
      { numRuns: 10 },
    );
  });

  test.each([
    ["<a@b>", "<a@b>"],
    ["a@b", "a@b"],
    ["<a@b> (comment)", "<a@b>"],
    ["", null],
  ])("Message-ID %j -> %j", async (value, id) => {
    expect((await parseMessage(mail(`Message-ID: ${value}`, "", ""))).messageIdHeader).toBe(id);
  });
});

describe("parts", () => {
  test("trap 2, multipart/alternative with the keyword only in the html: both are read", async () => {
    const message = await parseMessage(
      multipart("alternative", "Content-Type: text/plain\r\n\r\nhello", "Content-Type: text/html\r\n\r\n<p>outage"),
    );
    expect([message.text, message.htmlText.text, message.textFromHtml]).toEqual(["hello", "outage", false]);
  });
  test("trap 2, html-only mail: text is what a person sees of it", async () => {
    const message = await parseMessage(mail("Content-Type: text/html", "", "<p>service <b>down</b></p>"));
    expect([message.text, message.textFromHtml, message.html]).toEqual([
      "service down",
      true,
      "<p>service <b>down</b></p>",
    ]);
  });
  test("trap 2, message/rfc822 as an attachment is parsed", async () => {
    const part = `Content-Disposition: attachment; filename=a.eml\r\n${attached("Subject: inner\r\n\r\nwords")}`;
    const message = await parseMessage(multipart("mixed", "Content-Type: text/plain\r\n\r\nouter", part));
    expect(message).toMatchObject({
      text: "outer",
      nested: [{ subject: "inner", text: "words" }],
      attachments: [{ filename: "a.eml", contentType: "message/rfc822" }],
    });
  });
  test("trap 2, inline message/rfc822 of a complaint: the original is not the mail's text", async () => {
    const part = `Content-Disposition: inline\r\n${attached("Subject: original\r\n\r\noutage")}`;
    const report = multipart(
      "report; report-type=feedback-report",
      "Content-Type: text/plain\r\n\r\ncomplaint",
      "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse",
      part,
    );
    expect(await parseMessage(report)).toMatchObject({
      text: "complaint",
      report: "feedback-report",
      nested: [{ text: "outage" }],
    });
  });
  test("trap 2, message/delivery-status is not merged into the text", async () => {
    const report = multipart(
      "report; report-type=delivery-status",
      "Content-Type: text/plain\r\n\r\nfailed",
      "Content-Type: message/delivery-status\r\n\r\nAction: failed",
    );
    expect(await parseMessage(report)).toMatchObject({
      text: "failed",
      report: "delivery-status",
      reportParts: [{ contentType: "message/delivery-status", text: "Action: failed" }],
      attachments: [],
    });
  });
  test("a report part is decoded: base64, UTF-8 (RFC 6533)", async () => {
    const fields = "Final-Recipient: utf-8; 障害@acme.example";
    const part = `Content-Type: message/global-delivery-status\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(fields).toString("base64")}`;
    const report = multipart("report; report-type=global-delivery-status", part, part);
    const { reportParts } = await parseMessage(report);
    expect(reportParts.map(({ text }) => text)).toEqual([fields, fields]);
  });
  test("40 MB of report: its beginning is kept, with a problem, attached messages included", async () => {
    const field = "Final-Recipient: rfc822; someone@acme.example\r\n";
    const part = `Content-Type: message/delivery-status\r\n\r\n${field.repeat(MAX_REPORT_BYTES / 2 / field.length)}`;
    const inner = multipart("report", part, part)
      .toString("latin1")
      .replaceAll("--b", "--inner")
      .replace("=b", "=inner");
    const message = await parseMessage(multipart("mixed", part, attached(inner)));
    const texts = [...message.reportParts, ...(message.nested[0]?.reportParts ?? [])].map(({ text }) => text.length);
    expect(texts.map((length) => length > 0)).toEqual([true, true, true]);
    expect(texts.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(MAX_REPORT_BYTES);
    expect(message.nested.flatMap(codes)).toEqual(["textTooLarge"]);
  });
  test("the header of a returned original is an original without words", async () => {
    const report = multipart(
      "report; report-type=delivery-status",
      "Content-Type: text/plain\r\n\r\nfailed",
      "Content-Type: text/rfc822-headers\r\n\r\nSubject: original\r\nTo: a@b.example",
    );
    expect(await parseMessage(report)).toMatchObject({ text: "failed", nested: [{ subject: "original", text: "" }] });
  });
  test("trap 2, `Content-Type: text` without a subtype is text", async () => {
    expect(await parseMessage(mail("Content-Type: text", "", "outage"))).toMatchObject({
      text: "outage",
      attachments: [],
    });
  });
  test("trap 2, bare-CR line ends: header and body are read, the hash is of the bytes as they are", async () => {
    const raw = Buffer.from("Subject: s\rFrom: a@b.example\r\routage\r");
    const sha256 = createHash("sha256").update(raw).digest("hex");
    expect(await parseMessage(raw)).toMatchObject({ subject: "s", text: "outage\n", sha256, size: raw.length });
  });
  test.each([
    ["text/x-log", "out<b>age"],
    ["text/html charset=utf-8", "outage"],
    ["text/html, text/plain", "outage"],
  ])("a text part of type %s is read", async (type, text) => {
    const message = await parseMessage(multipart("mixed", `Content-Type: ${type}\r\n\r\nout<b>age`));
    expect([message.text, message.attachments]).toEqual([text, []]);
  });
  test("a report part with a file name is listed", async () => {
    const part = "Content-Type: message/delivery-status; name=a.exe\r\n\r\nx";
    expect((await parseMessage(multipart("mixed", part))).attachments).toMatchObject([{ filename: "a.exe" }]);
  });
  test("trap 2, bare-CR line ends in chunks of a byte", async () => {
    const raw = Buffer.from("Subject: s\rFrom: a@b.example\r\routage\r");
    const bytes = Readable.from(Array.from(raw, (byte) => Buffer.of(byte)));
    expect(await parseMessage(bytes)).toEqual(await parseMessage(raw));
  });
  test("trap 2, uuencode: the names are told", async () => {
    expect((await parseMessage(mail("", "see", "begin 644 a/b.exe", "#86)C", "`", "end", ""))).attachments).toEqual([
      { filename: "b.exe", contentType: "application/octet-stream", size: 3, inline: false },
    ]);
  });
  test.each(["begin 644 words", "begin 644 x\r\nthis is prose and no file", "begin 644 a\r\n".repeat(1000)])(
    "prose is no uuencoded file",
    async (text) => {
      expect((await parseMessage(mail("", `${text}\r\nand so on`))).attachments).toEqual([]);
    },
  );
  test("trap 2, TNEF and message/partial: their names at least", async () => {
    const message = await parseMessage(
      multipart(
        "mixed",
        "Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx",
        "Content-Type: message/partial; number=1; total=2; name=p1\r\n\r\nxy",
      ),
    );
    expect(message.attachments.map(({ filename, contentType, size }) => [filename, contentType, size])).toEqual([
      ["winmail.dat", "application/ms-tnef", 1],
      ["p1", "message/partial", 2],
    ]);
  });
  test("a text part that is attached is a file; one that is shown and named is both", async () => {
    const message = await parseMessage(
      multipart(
        "mixed",
        "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\naa",
        "Content-Type: text/plain; name=b.txt\r\n\r\nbbb",
      ),
    );
    expect([message.text, message.attachments.map(({ filename, size }) => [filename, size])]).toEqual([
      "bbb",
      [
        ["a.txt", 2],
        ["b.txt", 3],
      ],
    ]);
  });
  test.each([
    ["base64;", "b3V0YWdl"],
    ['"base64"', "b3V0YWdl"],
    ["BASE64 (by hand)", "b3V0YWdl"],
    ["quoted-printable;", "o=75t=\r\nage"],
    ["7bit;", "outage"],
  ])("a transfer encoding written as %s is undone", async (encoding, body) => {
    const part = `Content-Type: text/plain\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
    expect((await parseMessage(multipart("mixed", part))).text).toBe("outage");
  });
  test("a mail that is all one text part is text, however it is disposed", async () => {
    const message = await parseMessage(
      mail("Content-Type: text/plain", "Content-Disposition: attachment; name=log.txt", "", "outage"),
    );
    expect(message).toMatchObject({ text: "outage", attachments: [{ filename: "log.txt" }] });
  });
  test("inline: by disposition, or by Content-ID when nothing else is said", async () => {
    const message = await parseMessage(
      multipart(
        "related",
        "Content-Type: image/png\r\nContent-ID: <a>\r\n\r\nx",
        "Content-Type: image/png\r\nContent-Disposition: inline\r\n\r\nx",
        "Content-Type: image/png\r\nContent-ID: <c>\r\nContent-Disposition: attachment\r\n\r\nx",
      ),
    );
    expect(message.attachments.map(({ inline }) => inline)).toEqual([true, true, false]);
  });
  test("a multipart mail whose boundary never comes is read as text", async () => {
    const message = await parseMessage(mail("Content-Type: multipart/mixed; boundary=b", "", "outage", "here"));
    expect([message.text, codes(message)]).toEqual(["outage\nhere", ["noParts"]]);
  });
  test("HTML says its charset itself when the mail does not", async () => {
    const html = '<html><meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS"><p>\x8f\xe1\x8aQ';
    expect((await parseMessage(mail("Content-Type: text/html", "", html))).text).toBe("障害");
  });
  test.each([
    ["Content-Language", "Content-Language: pl\r\n", "Brak p\xb3atno\xb6ci", "Brak płatności"],
    ["the charset of the body", "Content-Type: text/plain; charset=windows-1251\r\n", "\xf1\xe5\xec", "сем"],
    ["no language that is one", "Content-Language: (none), x\r\n", "caf\xe9", "café"],
  ])("a raw 8-bit Subject is read with a hint: %s", async (_, field, subject, text) => {
    const message = await parseMessage(Buffer.from(`Subject: ${subject}\r\n${field}\r\nbody`, "latin1"));
    expect(message.subject).toBe(text);
  });
  test("a Subject and an HTML part without a charset are read with what a text part declares", async () => {
    const message = await parseMessage(
      Buffer.from(
        [
          "Subject: \xf1\xe5\xec",
          "Content-Type: multipart/alternative; boundary=b",
          "",
          "--b",
          "Content-Type: text/plain; charset=windows-1251",
          "",
          "\xf1\xe5\xec",
          "--b",
          "Content-Type: text/html",
          "",
          "<p>\xf1\xe5\xec</p>",
          "--b--",
        ].join("\r\n"),
        "latin1",
      ),
    );
    expect([message.subject, message.text.trim(), message.html.trim()]).toEqual(["сем", "сем", "<p>сем</p>"]);
  });
  test("HTML without a charset is read with the language that it says", async () => {
    const html = '<html lang="he"><p>\xf1\xe5\xec</p>';
    const message = await parseMessage(Buffer.from(`Content-Type: text/html\r\n\r\n${html}`, "latin1"));
    expect(message.text).toMatch(/\p{Script=Hebrew}{3}/u);
    expect(codes(message)).toEqual(["guessedCharset"]);
  });
  test("flowed text is joined", async () => {
    expect(
      (
        await parseMessage(
          mail("Content-Type: text/plain; format=flowed; delsp=yes", "", "\xe9\x9a\x9c ", "\xe5\xae\xb3"),
        )
      ).text,
    ).toBe("障害");
  });
  test("raw 8-bit subject in the charset of the body", async () => {
    const message = await parseMessage(
      mail("Subject: \xf3\xf2\xcf\xfe\xce\xef", 'Content-Type: text/plain; charset="KOI8-R"', "", ""),
    );
    expect(message.subject).toBe("СРоЧнО");
  });
});

describe("limits and failures: what was read is kept, and a problem says so", () => {
  test("trap 2, 1,000 MIME parts: the parts before are read", async () => {
    const parts = Array.from({ length: 1_200 }, (_, at) => `Content-Type: text/plain\r\n\r\nword${at}`);
    const message = await parseMessage(multipart("mixed", ...parts));
    expect([codes(message), message.subject, message.text.split("\n").length > 900]).toEqual([
      ["tooManyParts"],
      "s",
      true,
    ]);
    expect(message.text).toMatch(/^word0\nword1\n/);
  });
  test.each([
    [1_100, []],
    [10_000, ["tooManyParts"]],
  ])("trap 2, 1,000 nested multiparts (%i): the text before is read", async (depth, problems) => {
    const lines = [
      "Subject: s",
      "Content-Type: multipart/mixed; boundary=b0",
      "",
      "--b0",
      "Content-Type: text/plain",
      "",
      "outage",
    ];
    for (let at = 0; at < depth; at++) lines.push(`--b${at}`, `Content-Type: multipart/mixed; boundary=b${at + 1}`, "");
    const message = await parseMessage(mail(...lines));
    expect([codes(message), message.text]).toEqual([problems, "outage"]);
  });
  test("trap 2, 100,000 header lines: the body is read all the same", async () => {
    const message = await parseMessage(Buffer.from(`Subject: s\r\n${"X: 1\r\n".repeat(100_000)}\r\noutage`));
    expect([codes(message), message.subject, message.text]).toEqual([["headersTooLarge"], "s", "outage"]);
  });
  test("trap 2, 200,000 recipients: the body is read all the same", async () => {
    const message = await parseMessage(
      Buffer.from(`Subject: s\r\nTo: ${"a@b.example,\r\n ".repeat(200_000)}\r\n\r\noutage`),
    );
    expect([codes(message), message.to.length, message.text]).toEqual([
      ["headersTooLarge", "tooManyAddresses"],
      2_000,
      "outage",
    ]);
  });
  test("a part with a megabyte of header", async () => {
    const part = `Content-Type: text/plain\r\n${"X: 1\r\n".repeat(100_000)}\r\nlost`;
    const message = await parseMessage(multipart("mixed", "Content-Type: text/plain\r\n\r\nkept", part));
    expect([codes(message), message.text]).toEqual([["parserFailed"], "kept"]);
  });
  test("attached messages nine deep: the ninth is listed and not opened", async () => {
    let inner = "Subject: deep\r\n\r\noutage";
    for (let level = 9; level > 0; level--) inner = `Subject: ${level}\r\nContent-Type: message/rfc822\r\n\r\n${inner}`;
    let message = await parseMessage(Buffer.from(inner));
    for (let level = 1; level <= 8; level++) {
      expect(message.subject).toBe(String(level));
      [message = message] = message.nested;
    }
    expect(message).toMatchObject({ subject: "9", nested: [], attachments: [{ contentType: "message/rfc822" }] });
    expect(codes(message)).toEqual(["nestedTooDeep"]);
  });
  test("attached messages with 12,000 parts together: the first 5,000 are read", async () => {
    const parts = Array.from({ length: 900 }, () => "--c\r\n\r\nx\r\n").join("");
    const inner = attached(`Content-Type: multipart/mixed; boundary=c\r\n\r\n${parts}--c--`);
    const { nested } = await parseMessage(multipart("mixed", ...Array.from({ length: 12 }, () => inner)));
    const read = nested.reduce((sum, { text }) => sum + text.split("\n").filter((line) => line === "x").length, 0);
    expect(read).toBeGreaterThan(4_900);
    expect(read).toBeLessThanOrEqual(5_000);
  });
  test("300 attached messages: 200 are opened", async () => {
    const message = await parseMessage(
      multipart("digest", ...Array.from({ length: 300 }, () => attached("Subject: s\r\n\r\nx"))),
    );
    expect([message.nested.length, message.attachments.length, codes(message)]).toEqual([200, 100, ["tooManyNested"]]);
  });
  test("20 MB of text: 16 MB are read", async () => {
    const line = `${"x".repeat(76)}\r\n`;
    const message = await parseMessage(
      Readable.from([
        Buffer.from("Subject: s\r\n\r\n"),
        ...Array.from({ length: 320 }, () => Buffer.from(line.repeat(840))),
      ]),
    );
    expect([codes(message), message.text.length]).toEqual([["textTooLarge"], Math.ceil((16 * 2 ** 20 * 77) / 78)]);
  });
  test.each([
    ["no byte at all", "", ["empty"]],
    ["no header field", "just words\r\nand more\r\n", ["noHeaders"]],
    ["a Date that is none", "Date: soon\r\n\r\n", ["badDate"]],
    ["a raw Subject that is nothing that is known", "Subject: \xe1\x80 \xc3\xa9\r\n\r\n", ["undecodableText"]],
    ["an unknown charset", "Content-Type: text/plain; charset=klingon\r\n\r\ncaf\xe9", ["unknownCharset"]],
    [
      "bytes that are not the charset",
      "Content-Type: text/plain; charset=utf-8\r\n\r\ncaf\xc3\xa9 \xff",
      ["undecodableText"],
    ],
  ])("%s", async (_, raw, problems) => {
    expect(codes(await parseMessage(Buffer.from(raw, "latin1")))).toEqual(problems);
  });
  test("words without a header are still words", async () => {
    expect((await parseMessage(Buffer.from("outage\r\nnow\r\n"))).text).toBe("outage\nnow\n");
  });
  test("a store that fails midway is not a mail that ends there", async () => {
    const body = new PassThrough();
    body.write("Subject: s\r\n\r\nhalf a");
    const parsing = parseMessage(body);
    setImmediate(() => body.destroy(new Error("connection lost")));
    await expect(parsing).rejects.toThrow("connection lost");
  });
});

test("any bytes give a message whose size and hash are those of all of it", async () => {
  const piece = fc.constantFrom(
    "Content-Type: multipart/mixed; boundary=b\r\n",
    "Content-Type: message/rfc822\r\n",
    "Content-Type: text/html\r\n",
    "Content-Transfer-Encoding: base64\r\n",
    "Content-Transfer-Encoding: quoted-printable\r\n",
    "Subject: =?utf-8?Q?=\r\n",
    "\r\n",
    "--b\r\n",
    "--b--\r\n",
    "=E9=\r\n",
    "6Zqc5a6z",
    "<div>",
    "\r",
    "\n",
    "\0",
    "\xff",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
      const raw = Buffer.from(pieces.join(""), "latin1");
      const { size, sha256 } = await parseMessage(raw);
      expect([size, sha256]).toEqual([raw.length, createHash("sha256").update(raw).digest("hex")]);
    }),
  );
});

describe("trap 2, long texts are read whole", () => {
  test.each([
    ["1 MB of one-character lines", "a\r\n".repeat(350_000), 700_000],
    ["10 MB of text in one line", "words ".repeat(1_750_000), 10_500_000],
    ["500,000 near-boundary lines", "--bb\r\n".repeat(500_000), 2_500_000],
  ])("%s", async (_, body, length) => {
    const { text, problems } = await parseMessage(multipart("mixed", `Content-Type: text/plain\r\n\r\n${body}outage`));
    expect([text.length, text.endsWith("outage"), problems]).toEqual([length + "outage".length, true, []]);
  });
});

describe("what hostile mail costs is bounded", () => {
  const CRLF = Buffer.from("\r\n");

  test("4,000 multiparts inside each other and then a million lines that could be boundaries: cut, with what was read kept", async () => {
    const lines = ["Content-Type: multipart/mixed; boundary=b0", "", "--b0", "Content-Type: text/plain", "", "outage"];
    for (let at = 0; at < 4_000; at++) lines.push(`--b${at}`, `Content-Type: multipart/mixed; boundary=b${at + 1}`, "");
    const message = await parseMessage(Buffer.concat([mail(...lines), CRLF, Buffer.from("--x\r\n".repeat(1_000_000))]));
    expect([codes(message)[0], message.text]).toEqual(["tooManyParts", "outage"]);
  });

  test("the boundaries of ordinary multiparts are never too many", async () => {
    const parts = Array.from({ length: 900 }, (_, at) => `Content-Type: text/plain\r\n\r\n-- \r\nword${at}`);
    expect(codes(await parseMessage(multipart("mixed", ...parts)))).toEqual([]);
  });

  test("parts with 5 MB of header together: the parts before are read", async () => {
    const header = "X: 1\r\n".repeat(10_000);
    const parts = Array.from({ length: 90 }, (_, at) => `Content-Type: text/plain\r\n${header}\r\nword${at}`);
    const message = await parseMessage(multipart("mixed", ...parts));
    expect(codes(message)).toEqual(["tooManyParts"]);
    expect(message.text).toMatch(/^word0\n(?:word\d+\n?){3,10}$/);
  });

  test("2 MB without a line end or a colon: it is told that the header was cut, and that there was none", async () => {
    expect(codes(await parseMessage(Buffer.alloc(2 * 1024 * 1024, "x")))).toContain("noHeaders");
    expect(codes(await parseMessage(Buffer.alloc(2 * 1024 * 1024, "x")))).toContain("headersTooLarge");
  });

  test("attached messages with 8 MB of header together: all are read, the last ones without most of their header", async () => {
    const inner = attached(`Subject: s\r\n${"X: 1\r\n".repeat(9_000)}\r\nwords`);
    const { nested } = await parseMessage(multipart("mixed", ...Array.from({ length: 150 }, () => inner)));
    expect(nested.map(({ text }) => text.trim())).toEqual(Array.from({ length: 150 }, () => "words"));
    expect([codes(nested[0] ?? { problems: [] }), codes(nested[149] ?? { problems: [] })]).toEqual([
      [],
      ["headersTooLarge"],
    ]);
  });

  test.each([
    ["lines of CRLF", "\r\n", "\n"],
    ["lines of one character", "a\r\n", "a\n"],
    ["escape sequences", "\x1b$B\x1b(B", ""],
  ])("a megabyte of %s", async (_, piece, read) => {
    const count = Math.floor(2 ** 20 / piece.length);
    const message = await parseMessage(
      Buffer.concat([mail("Content-Type: text/plain; charset=iso-2022-jp", "", ""), Buffer.from(piece.repeat(count))]),
    );
    expect(message.text).toBe(read.repeat(count));
  });

  test("a long quoted-printable text is decoded as it comes", async () => {
    const line = `${"=6F=75tage =\r\n".repeat(4)}now  \r\n`;
    const raw = Buffer.concat([
      mail("Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable", "", ""),
      Buffer.from(line.repeat(20_000)),
    ]);
    expect((await parseMessage(raw)).text).toBe(`${"outage ".repeat(4)}now\n`.repeat(20_000));
  });
  test("quoted-printable in one line of a megabyte, and one that ends in a soft break", async () => {
    const header = ["Content-Type: text/plain", "Content-Transfer-Encoding: quoted-printable", ""];
    expect((await parseMessage(mail(...header, "a".repeat(2 ** 20)))).text.length).toBe(2 ** 20);
    expect((await parseMessage(mail(...header, "outage="))).text).toBe("outage");
  });

  test("a part of a digest is a message unless it says otherwise (RFC 2046 section 5.1.5)", async () => {
    const message = await parseMessage(
      multipart("digest", "\r\nSubject: =?utf-8?B?6Zqc5a6z?=\r\n\r\nwords", "Content-Type: text/plain\r\n\r\nplain"),
    );
    expect(message).toMatchObject({ text: "plain", nested: [{ subject: "障害", text: "words" }] });
  });
});
