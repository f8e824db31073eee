import fc from "fast-check";
import { expect, test } from "vitest";
import { readReportedAddress, undoXtext } from "../../shared/feedback/report-address.ts";
import { nastyText } from "../support/nasty-text.ts";

test.each([
  ["rfc822; a@example.com", "a@example.com"],
  ["rfc822;a@example.com", "a@example.com"],
  ["RFC822; <a@example.com>", "a@example.com"],
  ["a@example.com", "a@example.com"],
  ["<a@example.com>", "a@example.com"],
  ['"Jane Doe" <a@example.com>', "a@example.com"],
  ["Jane <old@example.com> <a@example.com>", "a@example.com"],
  ["rfc822; a@example.com (Jane Doe)", "a@example.com"],
  ["rfc822; 'a@example.com'", "a@example.com"],
  ["mailto:a@example.com", "a@example.com"],
  ["unknown; a@example.com", "a@example.com"],
  ["rfc822; a@[192.0.2.1]", "a@[192.0.2.1]"],
  ['rfc822; "jane doe"@example.com', '"jane doe"@example.com'],
  ['"a;b"@example.com', '"a;b"@example.com'],
  ["rfc822; jane..doe.@example.com", "jane..doe.@example.com"],
  ["utf-8; 猫@例え.example", "猫@例え.example"],
  ["utf-8-addr-unitext; \\x{732B}@example.com", "猫@example.com"],
  ["utf-8; \\x{D800}@example.com", undefined],
  ["rfc822; \\x{732B}@example.com", undefined],
  ["x-local; jane", undefined],
  ["rfc822; |/bin/false a@example.com", undefined],
  ["rfc822; |a@example.com", undefined],
  ['rfc822; "|exec /bin/filter"@example.com', undefined],
  ["rfc822; /var/mail/jane@example.com", undefined],
  ["rfc822; @example.com", undefined],
  ["rfc822; a@", undefined],
  ["rfc822; a@exa mple.com", undefined],
  ["rfc822; a b@example.com", undefined],
  ["", undefined],
])("RFC 3464 section 2.3: %s -> %s", (written, address) => {
  expect(readReportedAddress(written)?.address).toBe(address);
});

test.each([
  ["a@example.com", true],
  ["a@[192.0.2.1]", true],
  ["a@localhost", false],
  ["a@ims-ms-daemon", false],
  ["@relay.example,@other.example:a@example.com", false],
])("%s can be written to: %s", (written, isPublic) => {
  expect(readReportedAddress(written)?.isPublic).toBe(isPublic);
});

test.each([
  ["jane+2Btag@example.com", "jane+tag@example.com"],
  ["jane+3Dx@example.com", "jane=x@example.com"],
  ["jane+tag@example.com", "jane+tag@example.com"],
  ["jane+2Etag@example.com", "jane+2Etag@example.com"],
])("RFC 3461 section 4, xtext: %s -> %s", (written, plain) => {
  expect(undoXtext(written)).toBe(plain);
});

test("property: an address has a local part, a domain and no white space outside of quotes, or there is none", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(nastyText, fc.constantFrom("@", "<", ">", ";", ".", '"', "\\x{41}", "rfc822")), {
        maxLength: 12,
      }),
      (parts) => {
        const address = readReportedAddress(parts.join(""))?.address;
        if (address !== undefined) expect(address).toMatch(/^(?:"[^"\n]+"|[^\s"<>(),;:@\\|]+)@[^\s@<>]+$/u);
      },
    ),
  );
});
