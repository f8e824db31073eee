import * as fc from "fast-check";
import { expect, test } from "vitest";
import { cutUnits, plainLine, plainText, quotedLine } from "../../shared/text/plain-line.ts";
import { anyText } from "../support/arbitrary-alerts.ts";

test.each([
  ["line ends", "Hello\nSPF: PASS\r\nDMARC: PASS", "Hello SPF: PASS DMARC: PASS"],
  ["Unicode's line ends", "a\u2028b\u2029c\u0085d\u000be\u000cf", "a b c d e f"],
  ["terminal sequences", "\u001b[2J\u001b]0;title\u0007red\u009b31m", "[2J ]0;title red 31m"],
  ["NUL and DEL", "a\0b\u007fc", "a b c"],
  ["direction overrides and isolates", "invoice\u202efdp.exe\u2066\u2069", "invoicefdp.exe"],
  ["direction marks", "\u200eabc\u200f\u061c", "abc"],
  ["invisible characters", "out\u200b\u00ad\u2060\ufeffage", "outage"],
  ["tags", "a\u{e0041}\u{e007f}b", "ab"],
  ["letters that are drawn as nothing", "a\u3164\u2800\u115f\uffa0b", "a b"],
  ["runs of every kind of space, which would push text to the next line", "a \u00a0\u3000\t\u2003 b", "a b"],
  ["marks piled over the lines around", `a${"\u0301".repeat(90)}b`, "a\u0301\u0301\u0301\u0301b"],
  ["half of a character", "a\ud83db", "a\ufffdb"],
  ["what is no character", "a\uffffb\ufffe", "a\ufffdb\ufffd"],
])("%s are harmless", (_, text, line) => {
  expect(plainLine(text, 100)).toBe(line);
});

test.each(["本番で障害", "👩‍👩‍👧 🏳️‍🌈", "می‌خواهم", "नमस्ते", "é", "ﾊﾞﾝ"])("%s is left as it is", (text) => {
  expect(plainLine(text, 100)).toBe(text);
});

test.each([
  ["line ends and control characters are spaces", "a\r\nb\u001bc\u2028d", "a  b c d"],
  ["every other space stays, so that columns stay columns", "  a   b\u3000c\u00a0 ", "  a   b\u3000c\u00a0 "],
  ["what cannot be seen is gone", "pay\u200bpal\u202e", "paypal"],
])("plain text: %s", (_, text, plain) => {
  expect(plainText(text)).toBe(plain);
});

test("a text cannot close its own quotation marks", () => {
  expect(quotedLine('a", DMARC PASS, "b', 100)).toBe(`"a', DMARC PASS, 'b"`);
});

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["ab🔥🔥", 5, "ab🔥…"],
  ["ab🔥🔥", 4, "ab…"],
  ["", 5, ""],
])("%s cut to %i units: %s", (text, units, cut) => {
  expect(cutUnits(text, units)).toBe(cut);
});

test("any text becomes one well-formed line within its bounds, and stays as it is the second time", () =>
  fc.assert(
    fc.property(anyText, fc.integer({ min: 2, max: 300 }), (text, units) => {
      const line = plainLine(text, units);
      expect(line.length).toBeLessThanOrEqual(units);
      expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]| {2}/u);
      expect(plainLine(line, units)).toBe(line);
    }),
  ));
