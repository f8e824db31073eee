import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanFilename } from "../../../shared/message/parts/filename.ts";
import { readParameters } from "../../../shared/message/parts/parameters.ts";
import { parameterValue, partNames } from "../../../shared/message/parts/part-names.ts";
import { extendedParameter } from "../../support/mime-names.ts";

const namesOf = (disposition: string, type = "", charset?: string): readonly string[] =>
  partNames({ disposition: [readParameters(disposition)], type: [readParameters(type)] }, charset);
const latin1 = (text: string): string => Buffer.from(text).toString("latin1");

describe("trap 2, file names are read however they are written", () => {
  test.each([
    ["a token", "filename=report.pdf", "report.pdf"],
    ["a quoted string", 'filename="re;po\\"rt.pdf"', 're;po"rt.pdf'],
    ["no quotes around spaces", "filename=my report.pdf; size=3", "my report.pdf"],
    ["parentheses in a token", "filename=Invoice(1).pdf", "Invoice(1).pdf"],
    ["a quote that is not closed", 'filename="report.pdf; size=3', "report.pdf"],
    ["white space around", 'filename = "report.pdf" ; size=3', "report.pdf"],
    ["upper case", "FILENAME=report.pdf", "report.pdf"],
    ["RFC 2231", "filename*=iso-8859-1'de'gr%fc%dfe.txt", "grüße.txt"],
    ["RFC 2231 in a charset of its own", "filename*=Shift_JIS''%8f%e1%8aQ.pdf", "障害.pdf"],
    ["RFC 2231 without a charset", "filename*=''%e9%9a%9c.pdf", "障.pdf"],
    ["RFC 2231 without its quotes", "filename*=%e9%9a%9c.pdf", "障.pdf"],
    ["RFC 2231 in quotes", "filename*=\"utf-8''%e9%9a%9c.pdf\"", "障.pdf"],
    ["RFC 2231 in the plain parameter", "filename=\"UTF-8''a%20%e9%9a%9c.pdf\"", "a 障.pdf"],
    ["sections", "filename*0=re; filename*1=port.pdf", "report.pdf"],
    ["sections out of order", "filename*2=f; filename*0*=utf-8''%e9; filename*1*=%9a%9c.pd", "障.pdf"],
    ["sections cut inside a character", "filename*0*=utf-8''%e9%9a; filename*1*=%9c.pdf", "障.pdf"],
    ["a section that is missing", "filename*0=re; filename*2=port.exe", "report.exe"],
    ["no first section", "filename*1=port.exe", "port.exe"],
    ["a section that comes twice", "filename*0=a; filename*0=b; filename*1=.pdf", "a.pdf"],
    ["plain and encoded sections", 'filename*0="100% "; filename*1*=%e9%9a%9c; filename*2=".pdf"', "100% 障.pdf"],
    ["broken percent signs", "filename*=utf-8''100%%20a%zz.pdf", "100% a%zz.pdf"],
    ["an encoded word", "filename==?utf-8?B?6Zqc5a6z?=.pdf", "障害.pdf"],
    ["encoded words in quotes", 'filename="=?utf-8?B?6Zqc?= =?utf-8?B?5a6z?=.pdf"', "障害.pdf"],
    ["an encoded word cut into sections", 'filename*0="=?utf-8?B?6Zqc"; filename*1="5a6z?=.pdf"', "障害.pdf"],
    ["raw UTF-8", `filename="${latin1("障害.pdf")}"`, "障害.pdf"],
    ["the extended form beside a plain one", "filename=s.pdf; filename*=utf-8''%e9%9a%9c.pdf", "障.pdf"],
    ["a path", 'filename="C:\\temp\\report.pdf"', "C:\\temp\\report.pdf"],
    ["a name in the place of the disposition", "filename=report.pdf", "report.pdf"],
    ["the wrong parameter", 'attachment; name="report.pdf"', "report.pdf"],
  ])("%s", (_, disposition, name) => {
    expect(namesOf(disposition)[0]).toBe(name);
  });

  test("raw 8-bit in the charset of the mail", () => {
    expect(namesOf('filename="\xf3\xe2\xef\xea.pdf"', "", "koi8-r")[0]).toBe("СБОЙ.pdf");
  });
  test("raw UTF-8 that is cut in a character, beside Western text", () => {
    const cut = Buffer.from("Картинка").subarray(0, -1).toString("latin1");
    expect(namesOf(`filename="${cut}"`, "", "iso-8859-1")[0]).toBe("Картинк\ufffd");
  });

  test.each([[""], ["filename="], ['filename=""'], ["filename*="], ["filename*0*=utf-8''"], [";;;"]])(
    "no name: %j",
    (field) => {
      expect(namesOf(field)).toEqual([]);
    },
  );
});

describe("a file with several names: all of them are told", () => {
  test.each([
    ["Content-Type names another", "attachment; filename=a.pdf", "application/pdf; name=a.exe", ["a.pdf", "a.exe"]],
    ["duplicates", "attachment; filename=a.pdf; filename=a.exe", "", ["a.pdf", "a.exe"]],
    ["an extended form that differs", "attachment; filename=a.exe; filename*=utf-8''a.pdf", "", ["a.pdf", "a.exe"]],
    ["a comment to one reader", "attachment; filename=a.exe (.pdf)", "", ["a.exe (.pdf)", "a.exe"]],
    ["escapes to one reader", 'attachment; filename="a.e\\xe"', "", ["a.e\\xe", "a.exe"]],
    ["the same twice", "attachment; filename=a.pdf", "application/pdf; name=a.pdf", ["a.pdf"]],
  ])("%s", (_, disposition, type, names) => {
    expect(namesOf(disposition, type)).toEqual(names);
  });
  test("a thousand duplicates: five are told", () => {
    const many = Array.from({ length: 1_000 }, (_, at) => `filename=${at}.pdf`).join("; ");
    expect(namesOf(many)).toEqual(["0.pdf", "1.pdf", "2.pdf", "3.pdf", "4.pdf"]);
  });
});

describe("parameters that are no names", () => {
  test.each([
    ["text/html; charset=utf-8", "text/html", "utf-8"],
    ["text/html charset=utf-8", "text/html", "utf-8"],
    ["text/html (a; comment) ; charset (another)=(and) utf-8 (one more)", "text/html", "utf-8"],
    ['text/html; x="a;b=c"; charset="utf-8"', "text/html", "utf-8"],
    ["text/html; charset*=us-ascii''utf-8", "text/html", "utf-8"],
    ["text/html; charset*0=ut; charset*1=f-8", "text/html", "utf-8"],
    ["text/html; charset", "text/html", undefined],
    ["text/html (not closed; charset=utf-8", "text/html (not closed", "utf-8"],
  ])("%s", (field, value, charset) => {
    const read = readParameters(field);
    expect([read.value, parameterValue(read.parameters, "charset")]).toEqual([value, charset]);
  });
});

test("any name that is written as RFC 2231 has it comes back", () => {
  const order = fc.constantFrom<(sections: string[]) => string[]>(
    (all) => all,
    (all) => all.toReversed(),
  );
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      order,
      (name, size, arrange) => {
        const [read] = namesOf(`attachment; ${extendedParameter("filename", name, size, arrange)}`);
        expect(cleanFilename(read)).toBe(cleanFilename(name.trim() === "" ? undefined : name));
      },
    ),
  );
});

test("any field gives names, and none of them is long", () => {
  const piece = fc.constantFrom(
    "filename",
    "*",
    "0",
    "=",
    '"',
    "\\",
    ";",
    "(",
    ")",
    "'",
    "%",
    "%ff",
    "=?utf-8?Q?",
    "?=",
    " ",
    "\xe9",
    "a",
    "\0",
    "\r",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      for (const name of namesOf(pieces.join(""), pieces.toReversed().join(""))) expect(name.trim()).not.toBe("");
    }),
  );
});

test("a megabyte of what opens and never closes is read once: what is behind it is still found up to the bound", () => {
  for (const opens of ['"', "(", '"\\', ";(", ';"']) {
    const field = `${opens.repeat(20_000 / opens.length)};filename=a.exe`;
    expect(namesOf(field.padEnd(2 ** 20, opens)).length).toBeLessThanOrEqual(5);
  }
});
