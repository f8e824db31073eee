import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createQuotedPrintableDecoder, decodeQuotedPrintable } from "../../../shared/message/parts/quoted-printable.ts";

/** The same, an expression a step: white space at the end of lines, soft breaks, escapes. */
function naively(latin1: string): string {
  const joined = latin1.replace(/[ \t]+(?=\r?\n)/g, "").replace(/=[ \t\r]*\n/g, "");
  return joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

const decoded = (latin1: string): string => decodeQuotedPrintable(Buffer.from(latin1, "latin1")).toString("latin1");

describe("quoted-printable (RFC 2045 section 6.7)", () => {
  test.each([
    ["an escape", "caf=C3=A9", "caf\xc3\xa9"],
    ["in lower case", "=e9", "\xe9"],
    ["a soft break joins lines", "out=\r\nage", "outage"],
    ["with white space behind it", "out= \t\r\nage", "outage"],
    ["white space before a soft break is text", "out =\r\n\r\nage", "out \r\nage"],
    ["white space at the end of a line was added on the way", "outage \t\r\nx \n", "outage\r\nx\n"],
    ["white space that is escaped is text", "a=20\r\n", "a \r\n"],
    ["what is no escape stands for itself", "1=2 a==b =ZZ =", "1=2 a==b =ZZ ="],
    ["an escape that a soft break interrupts", "out=6=\r\n1ge o=\r\nut==\r\n=\r\n61ge", "outage outage"],
  ])("%s", (_, encoded, text) => {
    expect(decoded(encoded)).toBe(text);
  });

  const pieces = fc.constantFrom("=", "E9", "e", "9", " ", "\t", "\r", "\n", "\r\n", "a", "=\r\n", "=20", "\xe9", "");
  const encodedText = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(""));

  test("is what three expressions over the whole give", () => {
    fc.assert(
      fc.property(encodedText, (text) => {
        expect(decoded(text)).toBe(naively(text));
      }),
      { numRuns: 2_000 },
    );
  });

  test("comes out the same in any chunks, but for a break whose line end is missing", () => {
    fc.assert(
      fc.property(encodedText, fc.integer({ min: 1, max: 9 }), (text, size) => {
        const bytes = Buffer.from(text, "latin1");
        const decoder = createQuotedPrintableDecoder();
        const read: Buffer[] = [];
        for (let at = 0; at < bytes.length; at += size) read.push(decoder.decode(bytes.subarray(at, at + size)));
        read.push(decoder.end());
        expect(Buffer.concat(read).toString("latin1")).toBe(naively(text.replace(/=$/, "")));
      }),
      { numRuns: 2_000 },
    );
  });
});
