import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";

test.each([
  ["an address stays as it is", "jane@partner.example", "jane@partner.example"],
  ["local part and domain in lower case", "Jane.Doe@Partner.EXAMPLE", "jane.doe@partner.example"],
  ["white space and brackets around it", " \t<Jane@partner.example>\r\n", "jane@partner.example"],
  ["white space inside the brackets", "< jane@partner.example >", "jane@partner.example"],
  ["a tag is part of the address", "jane+News@partner.example", "jane+news@partner.example"],
  ["a trailing dot of the domain", "jane@partner.example.", "jane@partner.example"],
  ["a domain of other letters, in ASCII", "jane@Bücher.example", "jane@xn--bcher-kva.example"],
  ["the same domain in ASCII", "jane@XN--Bcher-KVA.example", "jane@xn--bcher-kva.example"],
  ["a Japanese domain with its own full stop", "taro@日本語。example", "taro@xn--wgv71a119e.example"],
  ["full-width letters in the domain", "taro@ｅｘａｍｐｌｅ．com", "taro@example.com"],
  ["full-width digits make no IPv4 address", "taro@１.２.３", "taro@1.2.3"],
  ["an accent of its own, composed", "jose\u0301@partner.example", "jos\u00e9@partner.example"],
  ["a local part of other letters", "ÉLODIE@partner.example", "élodie@partner.example"],
  ["an IPv4 literal", "jane@[192.0.2.1]", "jane@[192.0.2.1]"],
  ["an IPv6 literal", "jane@[IPv6:2001:DB8::1]", "jane@[ipv6:2001:db8::1]"],
  ["an underscore in the domain", "jane@mail_1.example", "jane@mail_1.example"],
  ["a domain of one name", "root@localhost", "root@localhost"],
  ["needless quotes", '"Jane"@partner.example', "jane@partner.example"],
  ["needless escapes", '"j\\a\\ne"@partner.example', "jane@partner.example"],
  ["dots that a carrier gave out", "taro..y.@carrier.example", "taro..y.@carrier.example"],
  ["the same in quotes", '"taro..y."@carrier.example', "taro..y.@carrier.example"],
  ["needed quotes stay", '"Jane Doe"@partner.example', '"jane doe"@partner.example'],
  ["an at sign in quotes", '"jane@home"@partner.example', '"jane@home"@partner.example'],
  ["escapes that are needed", '"a\\"\\\\b"@partner.example', '"a\\"\\\\b"@partner.example'],
  ["a local part of 64 characters", `${"a".repeat(64)}@partner.example`, `${"a".repeat(64)}@partner.example`],
  ["64 characters that are more octets", `${"é".repeat(64)}@partner.example`, `${"é".repeat(64)}@partner.example`],
])("canonical: %s", (_, written, canonical) => {
  expect(canonicalAddress(written)).toBe(canonical);
});

test.each([
  ["nothing", ""],
  ["no at sign", "jane.partner.example"],
  ["no local part", "@partner.example"],
  ["no domain", "jane@"],
  ["a dot for a domain", "jane@."],
  ["an empty name in the domain", "jane@partner..example"],
  ["a domain that begins with a dot", "jane@.partner.example"],
  ["two at signs", "jane@home@partner.example"],
  ["white space inside", "jane doe@partner.example"],
  ["white space in the domain", "jane@partner .example"],
  ["a line end", "jane\n@partner.example"],
  ["a line end in quotes", '"jane\ndoe"@partner.example'],
  ["a control character", "jane\u0000@partner.example"],
  ["an invisible character", "ja\u200bne@partner.example"],
  ["a direction override", "\u202ejane@partner.example"],
  ["half a character", "jane\ud800@partner.example"],
  ["a display name", "Jane <jane@partner.example>"],
  ["two pairs of brackets", "<<jane@partner.example>>"],
  ["a bracket too few", "<jane@partner.example"],
  ["a list", "jane@partner.example,joe@partner.example"],
  ["an open quote", '"jane@partner.example'],
  ["empty quotes", '""@partner.example'],
  ["an emoji in the domain", "jane@💌.example"],
  ["a letter that stands for words with spaces", "jane@\ufdfa.example"],
  ["a literal that is none", "jane@[partner]"],
  ["a local part that is too long", `${"a".repeat(65)}@partner.example`],
  ["a domain that is too long", `jane@${"a.".repeat(130)}example`],
  ["an address that is too long", `${"a".repeat(64)}@${"a.".repeat(95)}example`],
  ["a megabyte", `${" ".repeat(1_000_000)}jane@partner.example`],
])("no address: %s", (_, written) => {
  expect(canonicalAddress(written)).toBeUndefined();
});

describe("properties", () => {
  const local = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9.+_'=-]{1,30}$/),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.string({ unit: "binary", maxLength: 20 }).map((text) => `"${text}"`),
  );
  const domain = fc.oneof(
    fc.domain(),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 10 }).map((name) => `${name}.example`),
    fc.constantFrom("[192.0.2.1]", "[IPv6:2001:DB8::A]"),
  );
  const written = fc.oneof(
    fc.tuple(local, domain).map(([name, host]) => `${name}@${host}`),
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.emailAddress(),
  );

  test("a canonical address is its own canonical address", () => {
    fc.assert(
      fc.property(written, (address) => {
        const canonical = canonicalAddress(address);
        if (canonical !== undefined) expect(canonicalAddress(canonical)).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });

  test("every common address has a canonical form, whatever its case", () => {
    fc.assert(
      fc.property(fc.emailAddress(), (address) => {
        const canonical = canonicalAddress(address);
        expect(canonical).toBeDefined();
        expect(canonicalAddress(address.toUpperCase())).toBe(canonical);
        expect(canonicalAddress(` <${address.toLowerCase()}> `)).toBe(canonical);
      }),
    );
  });

  test("it holds one domain in ASCII, and no white space or control character outside quotes", () => {
    fc.assert(
      fc.property(written, (address) => {
        const canonical = canonicalAddress(address);
        if (canonical === undefined) return;
        const at = canonical.lastIndexOf("@");
        expect(canonical.slice(at + 1)).toMatch(/^[\x21-\x7e]+$/);
        expect(canonical.slice(0, at)).toMatch(/^(?:[^\s\p{C}@]+|"[^\p{C}\p{Zl}\p{Zp}]+")$/u);
      }),
      { numRuns: 2_000 },
    );
  });
});
