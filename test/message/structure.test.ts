import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { tnefOf } from "../support/tnef.ts";

const parse = (text: string): Promise<Message> => parseMessage(Buffer.from(text.replaceAll("\n", "\r\n"), "latin1"));
const codes = ({ problems }: Message): string[] => problems.map(({ code }) => code);
const base64 = (text: string | Buffer): string => Buffer.from(text).toString("base64");

/** All words of a mail that rules search by default, attached messages included. */
const words = (message: Message): string =>
  [message.subject, message.text, message.htmlText.text, ...message.nested.map(words)].join("\n");

/** A part whose text is found only by who undoes its encoding. */
const HIDDEN = `Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${base64("outage")}`;

describe("trap 2, broken structure: the keyword is found", () => {
  test.each([
    ["a closing delimiter that is missing", `Content-Type: multipart/mixed; boundary=b\n\n--b\n${HIDDEN}\n`],
    [
      "an opening delimiter that is missing",
      `Content-Type: multipart/mixed; boundary=b\n\n${HIDDEN}\n--b\n\nmore\n--b--`,
    ],
    [
      "no empty line between the header and the first delimiter",
      `Content-Type: multipart/mixed;\n boundary="b"\n--b\n${HIDDEN}\n--b\n\nmore\n--b--`,
    ],
    [
      "no empty line but white space there",
      `Content-Type: multipart/mixed; boundary=b\n \n--b  \n${HIDDEN}\n--b\n\nmore\n--b--`,
    ],
    [
      "no empty line between the header of a multipart in another and its first delimiter",
      `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/alternative; boundary=c\n--c\n${HIDDEN}\n--c--\n--b--`,
    ],
    [
      "a line in the header that is no field, before others",
      "Received: from a\nby outage\nContent-Type: text/plain\n\nmore",
    ],
    [
      "a line in the header that is no field, of a mail with HTML alone",
      "outage here\nContent-Type: text/html\n\n<p>more</p>",
    ],
    [
      "a line in a part's header that is no field, before others",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\noutage\nContent-Type: text/plain\n\nmore\n--b--",
    ],
    [
      "a boundary without quotes",
      `Content-Type: multipart/mixed; boundary=a=b?c/d:e\n\n--a=b?c/d:e\n${HIDDEN}\n--a=b?c/d:e--`,
    ],
    [
      "a boundary without quotes, with spaces",
      `Content-Type: multipart/mixed; boundary=a b c; x=y\n\n--a b c\n${HIDDEN}\n--a b c--`,
    ],
    ["a boundary that ends in white space", `Content-Type: multipart/mixed; boundary="b  "\n\n--b\n${HIDDEN}\n--b--`],
    ["a boundary of 8-bit bytes", `Content-Type: multipart/mixed; boundary="b\xe9"\n\n--b\xe9\n${HIDDEN}\n--b\xe9--`],
    [
      "a boundary as RFC 2231 has it",
      `Content-Type: multipart/mixed; boundary*0*=us-ascii''b; boundary*1=cd\n\n--bcd\n${HIDDEN}\n--bcd--`,
    ],
    ["a boundary in a quote that is not closed", `Content-Type: multipart/mixed; boundary="b\n\n--b\n${HIDDEN}\n--b--`],
    ["a comment behind the boundary", `Content-Type: multipart/mixed; boundary=b (a;b)\n\n--b\n${HIDDEN}\n--b--`],
    ["a folded type with comments", `Content-Type: multipart/mixed (a\n b);\n\tboundary=b\n\n--b\n${HIDDEN}\n--b--`],
    ["spaces around the slash", `Content-Type: multipart / mixed; boundary=b\n\n--b\n${HIDDEN}\n--b--`],
    ["a NUL in the type", `Content-Type: multi\0part/mixed; boundary=b\n\n--b\n${HIDDEN}\n--b--`],
    ["a second type", `Content-Type: text/plain\nContent-Type: multipart/mixed; boundary=b\n\n--b\n${HIDDEN}\n--b--`],
    ["a second encoding", "Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\nb3V0YWdl"],
    ["a multipart without a boundary", "Content-Type: multipart/mixed\n\n--b\n\noutage\n--b--"],
    ["a multipart with an empty boundary", 'Content-Type: multipart/mixed; boundary=""\n\n--\n\noutage\n----'],
    [
      "a multipart in base64",
      `Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n${base64("--b\n\noutage\n--b--")}`,
    ],
    [
      "a multipart in quoted-printable",
      "Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: quoted-printable\n\nout=\nage",
    ],
    [
      "a multipart inside without a boundary",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed\n\noutage\n--b--",
    ],
    [
      "a multipart inside whose boundary never comes",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\noutage\n--b\n\nmore\n--b--",
    ],
    ["a part without a header", "Content-Type: multipart/mixed; boundary=b\n\n--b\n\noutage\n--b--"],
    [
      "a part without header and empty line",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\noutage\n--b\n\nmore\n--b--",
    ],
    [
      "a part without an empty line behind its header",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\noutage\nmore words\n--b\n\nx\n--b--",
    ],
    [
      "the last part without an empty line, and no end",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\noutage",
    ],
    [
      "a part without an empty line, in quoted-printable",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: quoted-printable\nout=\nage now\n\nx\n--b--",
    ],
    [
      "a delimiter that a text quotes",
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n--b\nbut outage\n--b--",
    ],
    ["a header whose empty line is missing", "Subject: s\noutage here\n"],
    ["a type without a subtype", "Content-Type: text\n\noutage"],
    ["an empty type", "Content-Type: ;charset=utf-8\n\noutage"],
    [
      "blank lines in front",
      `\n\n \nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n${base64("outage")}`,
    ],
    [
      "a byte order mark and a blank line in front",
      `\xef\xbb\xbf\nSubject: s\nContent-Transfer-Encoding: base64\n\n${base64("outage")}`,
    ],
    ["a blank line and an mbox line in front", "\nFrom a@b Tue Nov 24 08:00:00 2026\nSubject: outage\n\nx"],
    ["words behind a blank line", "\nNote: outage\n"],
    ["one word behind a blank line", "\noutage"],
    [
      "the first fragment of a message",
      "Content-Type: message/partial; id=a; number=1; total=2\n\nSubject: in\n\noutage",
    ],
    ["the second fragment of a message", "Content-Type: message/partial; id=a; number=2; total=2\n\noutage"],
    [
      "a file that lies elsewhere",
      "Content-Type: message/external-body; access-type=mail-server\n\nContent-Type: text/plain\n\nget outage",
    ],
    [
      "words in the part of a report for machines",
      "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\nThere is an outage of it.\n--b--",
    ],
    [
      "an attached message whose encoding is said and not done",
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nSubject: in\n\noutage",
    ],
    [
      "an attached message in base64",
      `Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${base64("Subject: in\n\noutage")}`,
    ],
  ])("%s", async (_, raw) => {
    expect(words(await parse(raw))).toMatch(/\boutage\b/);
  });

  test("the header behind blank lines is a header", async () => {
    expect(await parse("\n\nReceived: from a\nSubject: s\nFrom: a@b.example\n\noutage")).toMatchObject({
      subject: "s",
      from: [{ address: "a@b.example" }],
      text: "outage",
      problems: [],
    });
  });
  test("blank lines in front, a byte at a time", async () => {
    const raw = Buffer.from("\r\n\r\nSubject: s\r\n\r\noutage");
    expect(await parseMessage(Readable.from(Array.from(raw, (byte) => Buffer.of(byte))))).toEqual(
      await parseMessage(raw),
    );
  });
  test("a multipart inside without parts is told, and what stands beside it is read", async () => {
    const message = await parse(
      "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\none\n--b\n\ntwo\n--b--",
    );
    expect([message.text.match(/\w+/g)?.toSorted(), codes(message)]).toEqual([["one", "two"], ["noParts"]]);
  });
  test("the preamble of a multipart that has parts is no text", async () => {
    const { text } = await parse(
      "Content-Type: multipart/mixed; boundary=b\n\nold\n--b\nContent-Type: multipart/mixed; boundary=c\n\nold\n--c\n\nnew\n--c--\n--b--\nold",
    );
    expect(text).toBe("new");
  });
  test.each(["--b\r\nx\r\n", "--b\r\n\r\nx\r\n", "--b\n", "--b\n\n"])(
    "trap 2, 1,000 MIME parts: before 50,000 of %j a part is read",
    async (piece) => {
      const raw = `Content-Type: multipart/mixed; boundary=b\n\n--b\n${HIDDEN}\n${piece.repeat(50_000)}`;
      const message = await parseMessage(Buffer.from(raw));
      expect([message.text.split("\n")[0], codes(message)]).toEqual(["outage", ["tooManyParts"]]);
    },
  );
  test("a thousand multiparts without a part: what is kept of them is bounded", async () => {
    const part = `--b\nContent-Type: multipart/mixed; boundary=c\n\n${"words ".repeat(100)}\n`;
    const { text } = await parse(`Content-Type: multipart/mixed; boundary=b\n\n${part.repeat(900)}--b--`);
    expect(text.length).toBeGreaterThan(200 * 1024);
    expect(text.length).toBeLessThanOrEqual(256 * 1024);
  });
});

describe("trap 2, bare-CR line ends: one LF somewhere hides nothing", () => {
  const CR_MAIL = `Subject: s\rContent-Type: multipart/mixed; boundary=b\r\r--b\r${HIDDEN.replaceAll("\n", "\r")}\r--b--\r`;
  test.each([
    ["at the end", `${CR_MAIL}\n`],
    ["in the middle", CR_MAIL.replace("\r\r", "\r\nX: 1\r\r")],
    ["in front", `X: 1\n${CR_MAIL}`],
    ["late", `${CR_MAIL}${"x".repeat(70_000)}\n`],
  ])("%s", async (_, raw) => {
    const message = await parseMessage(Buffer.from(raw));
    expect([message.subject, message.text.startsWith("outage")]).toEqual(["s", true]);
  });
  test("CR, LF and CRLF in one LF mail", async () => {
    expect(await parseMessage(Buffer.from("Subject: s\r\nTo: a@b.example\n\r\none\rtwo\nthree\r\nfour"))).toMatchObject(
      {
        subject: "s",
        text: "one\ntwo\nthree\nfour",
      },
    );
  });
  test("lines that end in CR CR LF are no blank lines", async () => {
    expect(await parseMessage(Buffer.from("Subject: s\r\r\nFrom: a@b.example\r\r\n\r\r\noutage"))).toMatchObject({
      subject: "s",
    });
  });
});

describe("trap 2, broken transfer encodings: what any program shows is searched", () => {
  const encoded = (encoding: string, body: string, type = "text/plain"): Promise<Message> =>
    parse(`Content-Type: ${type}\nContent-Transfer-Encoding: ${encoding}\n\n${body}`);
  const long = base64("There is an outage of the service, and we work on it. ".repeat(4)).replace(/.{76}/g, "$&\n");

  test.each([
    ["whole", long, []],
    ["with spaces in its lines", long.replace(/.{20}/g, "$& "), []],
    ["without padding", base64("outage!").replaceAll("=", ""), []],
    ["with a character too much", `${base64("outage")}A`, []],
    ["in two texts, each padded", `${base64("out")}\n${base64("age!")}\n${base64("now!")}`, []],
    [
      "with a word that goes on behind what looks like its end",
      `${base64("ou")}\n${base64("tage")}$\n`,
      ["brokenEncoding"],
    ],
    ["with stray characters", long.replace(/.{10}/g, "$&!"), ["brokenEncoding"]],
    [
      "with a footer behind its padding",
      `${base64("outage.")}\n____\nThe list: list@example.com\n`,
      ["brokenEncoding"],
    ],
  ])("base64 %s", async (_, body, problems) => {
    const message = await encoded("base64", body);
    expect([message.text.includes("outage"), codes(message)]).toEqual([true, problems]);
  });
  test("a footer behind base64 is text", async () => {
    expect((await encoded("base64", `${base64("words.")}\nan outage!\n`)).text).toMatch(/^words\.\nan outage!\n/);
  });
  test.each(["text/plain", "text/html"])("plain words that are said to be base64 (%s)", async (type) => {
    const message = await encoded("base64", "There was an outage this morning\nand all is well again now\n", type);
    expect(words(message)).toContain("an outage this morning");
    expect(codes(message)).toContain("brokenEncoding");
  });
  test("a file in broken base64 has no words beside it", async () => {
    const message = await parse(
      `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n${base64("abc")}\nan outage\n--b--`,
    );
    expect([message.text, codes(message)]).toEqual(["", []]);
  });
  test.each([
    ["lower case", "out=61ge =e9", "outage é"],
    ["escapes that are none", "outage =zz = 100=%", "outage =zz = 100=%"],
    ["a soft break without its line", "outage=", "outage"],
    ["trailing white space", "out= \t\nage  \nnow", "outage\nnow"],
  ])("quoted-printable with %s", async (_, body, text) => {
    expect((await encoded("quoted-printable", body, "text/plain; charset=iso-8859-1")).text).toBe(text);
  });
  test.each(["x-uuencode", "uuencode", "X-UUE"])("%s", async (encoding) => {
    expect((await encoded(encoding, "begin 644 a.txt\n&;W5T86=E\n`\nend\n")).text).toBe("outage");
  });
  test.each(["8bit", "7-bit", "x-unknown", "base85"])(
    "base64 that is said to be %s stays as it is",
    async (encoding) => {
      expect((await encoded(encoding, "b3V0YWdl")).text).toBe("b3V0YWdl");
    },
  );
  test("any text comes back from base64, cut into lines anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme", minLength: 1 }),
        fc.integer({ min: 1, max: 90 }),
        async (text, width) => {
          const body = base64(text).replace(new RegExp(`.{${width}}`, "g"), "$&\n");
          const message = await encoded("base64", body, "text/plain; charset=utf-8");
          expect(message.text).toBe(text.replace(/\r\n?/g, "\n"));
        },
      ),
    );
  });
});

describe("files in text, and their names", () => {
  test("several uuencoded files, with spaces in their names; the text is searched as it is", async () => {
    const message = await parse(
      "\noutage\nbegin 644 my file.exe\n#86)C\n`\nend\nthen\nbegin 755 b.sh\n#86)C\n`\nend\n",
    );
    expect(message.attachments.map(({ filename, size }) => [filename, size])).toEqual([
      ["my file.exe", 3],
      ["b.sh", 3],
    ]);
    expect(message.text).toContain("outage\nbegin 644 my file.exe");
  });
  test.each([
    ["=ybegin line=128 size=584 name=a b.exe", [["a b.exe", 584]]],
    ["=ybegin part=1 total=2 line=128 size=584 name=../c.exe", [["c.exe", 584]]],
    ["=ybegin size=584", []],
    ["see =ybegin size=5 name=a.exe", []],
  ])("yEnc: %s", async (line, files) => {
    const { attachments } = await parse(`\n${line}\n\x8a\x9d\n=yend size=584\n`);
    expect(attachments.map(({ filename, size }) => [filename, size])).toEqual(files);
  });
  test("trap 2, file name with a right-to-left override or a path, in any of its names", async () => {
    const { attachments } = await parse(
      "Content-Type: application/pdf; name=\"..\\..\\a.exe\"\nContent-Disposition: attachment; filename*=utf-8''a%e2%80%aefdp.exe\n\nx",
    );
    expect(attachments).toMatchObject([{ filename: "afdp.exe", otherNames: ["a.exe", "....a.exe"] }]);
  });
  test("both halves of an AppleDouble file", async () => {
    const half = (type: string): string => `--b\nContent-Type: ${type}; name=a.exe\n\nx\n`;
    const { attachments } = await parse(
      `Content-Type: multipart/appledouble; boundary=b\n\n${half("application/applefile")}${half("application/octet-stream")}--b--`,
    );
    expect(attachments.map(({ filename }) => filename)).toEqual(["a.exe", "a.exe"]);
  });
  test("a message with the type of a file stays a file, as mail programs show it", async () => {
    const raw = "Content-Type: application/octet-stream; name=a.eml\n\nSubject: in\n\noutage";
    expect(await parse(raw)).toMatchObject({ nested: [], text: "", attachments: [{ filename: "a.eml" }] });
  });
});

describe("trap 2, winmail.dat: it is listed, and the files in it", () => {
  const packed = tnefOf([{ longName: "../evil.exe", title: "EVIL.EXE", content: Buffer.alloc(70_000) }], {
    body: "outage\r\nnow",
  });
  const winmail = (type: string, bytes: Buffer): Promise<Message> =>
    parse(`Content-Type: ${type}\nContent-Transfer-Encoding: base64\n\n${base64(bytes).replace(/.{76}/g, "$&\n")}`);
  test.each([
    "application/ms-tnef; name=winmail.dat",
    "application/vnd.ms-tnef",
    "application/octet-stream; name=WINMAIL.DAT",
  ])("%s", async (type) => {
    const { attachments, text, problems } = await winmail(type, packed);
    expect(attachments.slice(1)).toEqual([
      {
        filename: "evil.exe",
        otherNames: ["EVIL.EXE"],
        contentType: "application/octet-stream",
        size: 70_000,
        inline: false,
      },
    ]);
    expect([attachments[0]?.size, text, problems]).toEqual([packed.length, "outage\nnow", []]);
  });
  test("a damaged one: what was read, and a problem", async () => {
    const message = await winmail("application/ms-tnef; name=winmail.dat", packed.subarray(0, 400));
    expect([message.attachments.map(({ filename }) => filename), codes(message)]).toEqual([
      ["winmail.dat", "EVIL.EXE"],
      ["brokenTnef"],
    ]);
  });
  test("what follows it is read", async () => {
    const part = `Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n${base64(Buffer.alloc(300_000))}`;
    const message = await parse(`Content-Type: multipart/mixed; boundary=b\n\n--b\n${part}\n--b\n\noutage\n--b--`);
    expect([message.text, message.attachments[0]?.size]).toEqual(["outage", 300_000]);
  });
});

test("a header that ends in two ways is told, and what may be its body is searched as it is", async () => {
  const message = await parse("From: ana@client.example\nwire the money\nSubject: hello\n\nmore");
  expect([message.subject, message.text, codes(message)]).toEqual([
    "hello",
    "more\nwire the money\nSubject: hello\n",
    ["brokenHeader"],
  ]);
});
