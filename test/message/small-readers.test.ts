import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAddresses } from "../../shared/message/header/addresses.ts";
import { lineEndsOf } from "../../shared/message/line-ends.ts";
import { cleanFilename } from "../../shared/message/parts/filename.ts";
import { unflow } from "../../shared/message/parts/flowed.ts";
import { reportKind } from "../../shared/message/report-kind.ts";

describe("addresses", () => {
  const read = (value: string): unknown => readAddresses([{ name: "to", value }], "to");
  test.each([
    ["a@b.example", [{ name: "", address: "a@b.example" }]],
    [
      '"Kovac, Ana" <ana@b.example>, c@d.example',
      [
        { name: "Kovac, Ana", address: "ana@b.example" },
        { name: "", address: "c@d.example" },
      ],
    ],
    ["=?utf-8?Q?M=C3=BCller=2C_J?= <m@b.example>", [{ name: "Müller, J", address: "m@b.example" }]],
    [
      "Team: a@b.example, C <c@d.example>;",
      [
        { name: "", address: "a@b.example" },
        { name: "C", address: "c@d.example" },
      ],
    ],
    ["undisclosed-recipients:;", []],
    ["", []],
  ])("%s", (value, mailboxes) => {
    expect(read(value)).toEqual(mailboxes);
  });

  test("several fields of the name are read one after the other", () => {
    const fields = [
      { name: "to", value: "a@b.example" },
      { name: "cc", value: "x@y.example" },
      { name: "to", value: "c@d.example" },
    ];
    expect(readAddresses(fields, "to").map(({ address }) => address)).toEqual(["a@b.example", "c@d.example"]);
  });

  test("trap 2, 200,000 recipients: the first 2,000 are kept", () => {
    expect(read("a@b.example, ".repeat(200_000))).toHaveLength(2_000);
  });

  test("a name that an encoded word breaks over lines is one line", () => {
    expect(read("=?utf-8?Q?a=0D=0ABcc=3A_x?= <m@b.example>")).toEqual([{ name: "a Bcc: x", address: "m@b.example" }]);
  });
});

describe("trap 2, file names are cleaned before any use", () => {
  test.each([
    ["report.pdf", "report.pdf"],
    ["..\\..\\a", "a"],
    ["../../etc/passwd", "passwd"],
    ["C:\\temp\\a.doc", "a.doc"],
    ["a\r\nb\0.txt", "ab.txt"],
    ["invoice\u202efdp.exe", "invoicefdp.exe"],
    ["zero\u200bwidth\u00ad.pdf", "zerowidth.pdf"],
    ["請求書.pdf", "請求書.pdf"],
    ["evil.exe. .", "evil.exe"],
    ["run%2Eexe", "run.exe"],
    ["a%2F..%2Fr%C3%A9sum%C3%A9.doc", "résumé.doc"],
    ["100%.txt", "100%.txt"],
    ["..", null],
    ["a/", "a"],
    ["a.exe/.", "a.exe"],
    ["//", null],
    [" ", null],
    [undefined, null],
  ])("%j -> %j", (name, clean) => {
    expect(cleanFilename(name)).toBe(clean);
  });

  test("a name of a megabyte keeps its extension", () => {
    const name = cleanFilename(`${"😀".repeat(2 ** 18)}.exe`) ?? "";
    expect([Array.from(name).length, name.endsWith("😀.exe")]).toEqual([255, true]);
  });

  test("any name becomes one path part without invisible characters, or none", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(cleanFilename(name) ?? "x").not.toMatch(/[/\\\p{Cc}\u202a-\u202e]|^\.{1,2}$|^$/u);
      }),
    );
  });
});

describe("format=flowed (RFC 3676)", () => {
  test.each([
    ["soft breaks join", "one \ntwo\nthree", false, "one two\nthree"],
    ["delsp drops the space", "障 \n害", true, "障害"],
    ["space-stuffing is undone", " From here\n  two", false, "From here\n two"],
    ["quotes join with their own depth", "> a \n> b\n>> c\nd", false, "> a b\n>> c\nd"],
    ["a soft break before another depth ends", "> a \nb", false, "> a \nb"],
    ["a signature line is not joined", "bye \n-- \nAna", false, "bye \n-- \nAna"],
    ["a text that ends softly", "one ", false, "one "],
    ["", "", false, ""],
  ])("%s", (_, text, delSp, joined) => {
    expect(unflow(text, delSp)).toBe(joined);
  });
});

describe("line ends", () => {
  const convert = (text: string): string => {
    const mail = Buffer.from(text, "latin1");
    return lineEndsOf(mail)(mail).toString("latin1");
  };
  test("trap 2, bare-CR line ends: the parser is given LF", () => {
    expect(convert("A: 1\rB: 2\r\rbody\r")).toBe("A: 1\nB: 2\n\nbody\n");
  });
  test.each([
    ["CRLF", "A: 1\r\nB: 2\r\n"],
    ["LF with a CR inside", "A: 1\nB\r: 2\n"],
    ["none", "A: 1"],
    ["one CR, at the end", "A: 1\r"],
    ["CR behind 64 KB", `${"x".repeat(70_000)}a\rb\rc`],
    ["CR before a late LF", `A: 1\rb${"a".repeat(60_000)}\r\n`],
  ])("mail with line ends of %s stays as it is", (_, text) => {
    expect(convert(text)).toBe(text);
  });
  test("the stored bytes are not changed", () => {
    const chunk = Buffer.from("A: 1\rB: 2\r\r");
    lineEndsOf(chunk)(chunk);
    expect(chunk.toString()).toBe("A: 1\rB: 2\r\r");
  });
});

describe("reports", () => {
  const kind = (fields: Record<string, string>, ...types: string[]): unknown =>
    reportKind(
      Object.entries(fields).map(([name, value]) => ({ name, value })),
      types,
    );
  test.each([
    [{ "content-type": "multipart/report; report-type=delivery-status" }, [], "delivery-status"],
    [{ "content-type": 'Multipart/Report; Report-Type="Feedback-Report"' }, [], "feedback-report"],
    [{ "content-type": "multipart/mixed" }, ["message/delivery-status"], "delivery-status"],
    [{}, ["message/global-disposition-notification"], "disposition-notification"],
    [
      { "content-type": "multipart/report", "auto-submitted": "auto-replied" },
      ["message/delivery-status"],
      "delivery-status",
    ],
    [{ "auto-submitted": "auto-replied (vacation)" }, [], "auto-reply"],
    [{ "x-autoreply": "yes" }, [], "auto-reply"],
    [{ precedence: "auto_reply" }, [], "auto-reply"],
    [{ "auto-submitted": "auto-generated" }, [], null],
    [{ "auto-submitted": "no" }, [], null],
    [{ precedence: "bulk" }, [], null],
    [{ "content-type": "multipart/mixed; report-type=delivery-status" }, [], null],
    [{}, [], null],
  ])("%j with parts %j -> %s", (fields, types, expected) => {
    expect(kind(fields as Record<string, string>, ...types)).toBe(expected);
  });
});
