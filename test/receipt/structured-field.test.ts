import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressIn, MAX_FIELD_LENGTH, splitStructuredField } from "../../shared/receipt/structured-field.ts";

const words = (value: string) => splitStructuredField(value).parts.map((part) => part.words);

describe("a structured field is split into parts and words", () => {
  test.each([
    { value: "", parts: [[]] },
    { value: "  \t ", parts: [[]] },
    { value: "a b;c", parts: [["a", "b"], ["c"]] },
    { value: "a;;b;", parts: [["a"], [], ["b"], []] },
    { value: "spf=pass (a comment) x=y", parts: [["spf=pass", "x=y"]] },
    { value: "spf=fail (dkim=pass; dmarc=pass)", parts: [["spf=fail"]] },
    { value: "a(b(c)d)e", parts: [["a", "e"]] },
    { value: "a (b \\) ; c) d", parts: [["a", "d"]] },
    { value: 'x="a; dkim=pass"@evil.example; y', parts: [['x="a; dkim=pass"@evil.example'], ["y"]] },
    { value: '"a \\" ; b" c', parts: [['"a \\" ; b"', "c"]] },
    { value: '"(" a;b', parts: [['"("', "a"], ["b"]] },
    { value: '(") a', parts: [["a"]] },
    { value: "a) b", parts: [["a)", "b"]] },
    { value: "a\\;b", parts: [["a\\"], ["b"]] },
  ])("$value", ({ value, parts }) => {
    expect(words(value)).toEqual(parts);
    expect(splitStructuredField(value).complete).toBe(true);
  });

  test.each(["a; b (c; d", "a; b ((c); d", 'a; b "c; d', "a; b (c\\"])(
    "%s breaks off, and what follows is not read",
    (value) => {
      const field = splitStructuredField(value);
      expect(field.complete).toBe(false);
      expect(field.parts.map((part) => part.words)).toEqual([["a"], ["b"]]);
    },
  );

  test("a part knows where it begins", () => {
    expect(splitStructuredField("from x (;) ; Mon").parts.at(-1)?.start).toBe(12);
  });

  test("a field longer than SES ever writes is not read", () => {
    expect(splitStructuredField(";".repeat(MAX_FIELD_LENGTH)).complete).toBe(true);
    expect(splitStructuredField(";".repeat(MAX_FIELD_LENGTH + 1))).toEqual({ parts: [], complete: false });
  });

  test("whatever stands in it, the words are pieces of the value, in order, and none comes out of a comment", () => {
    const piece = fc.constantFrom("a", "=", ";", " ", "(", ")", '"', "\\", "dkim=pass", "é");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const value = pieces.join("");
        let from = 0;
        for (const word of words(value).flat()) {
          const at = value.indexOf(word, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + word.length;
        }
        expect(words(`(${value.replace(/[\\()]/g, "")})`)).toEqual([[]]);
      }),
    );
  });
});

describe("the address of a path", () => {
  test.each([
    { words: ["<ana@client.example>"], address: "ana@client.example" },
    { words: ["ana@client.example"], address: "ana@client.example" },
    { words: ["Ana", "<ana@client.example>"], address: "ana@client.example" },
    { words: ['<"a b"@client.example>'], address: '"a b"@client.example' },
    { words: ["<>"], address: "" },
    { words: ["<postmaster>"], address: "postmaster" },
    { words: ["multiple", "recipients"], address: undefined },
    { words: [], address: undefined },
    { words: [`<${"a".repeat(1000)}@client.example>`], address: undefined },
  ])("$words -> $address", ({ words, address }) => {
    expect(addressIn(words)).toBe(address);
  });
});
