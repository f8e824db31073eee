import { expect, test } from "vitest";
import { asciiDomain } from "../../shared/text/ascii-domain.ts";

test.each([
  ["Partner.EXAMPLE", "partner.example"],
  ["bücher.example", "xn--bcher-kva.example"],
  ["BÜCHER.example", "xn--bcher-kva.example"],
  ["例え.example", "xn--r8jz45g.example"],
  ["a_b.example", "a_b.example"],
  ["1.2.3", "1.2.3"],
  ["", undefined],
  ["\u0301.example", undefined],
  ["[192.0.2.1]", undefined],
  ["a b.example", undefined],
  ["a".repeat(254), undefined],
])("%j -> %j", (written, ascii) => {
  expect(asciiDomain(written)).toBe(ascii);
});
