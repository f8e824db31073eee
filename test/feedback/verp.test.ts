import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { MIN_VERP_KEY_LENGTH, readVerp, verpAddress } from "../../shared/feedback/verp.ts";

const KEY = "a key for tests, of enough length";
const OTHER_KEY = "another key for tests, long enough";
const MAILBOX = "bounces@mail.example.com";

const made = (recipient: string, mailbox = MAILBOX, key = KEY) => verpAddress({ recipient, mailbox, key });
const localOf = (address: string) => address.slice(0, address.lastIndexOf("@"));

/** Addresses as they come: any characters, dots where none may be, all lengths. */
const recipients = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
      fc.string({
        unit: fc.constantFrom("a", "B", ".", "+", "=", "~", "%", "-", '"', " ", "@", "é"),
        minLength: 1,
        maxLength: 12,
      }),
    ),
    fc.oneof(
      fc.domain(),
      fc.constantFrom("partner.example", "PARTNER.example", "bücher.example", "[192.0.2.1]", "a.", ".a", "a=b", "x..y"),
    ),
  )
  .map(([local, domain]) => `${local}@${domain}`);

describe("a return path for one recipient", () => {
  test.each([
    ["jane@partner.example", /^bounces\+jane=partner\.example\.[0-9a-v]{16}@mail\.example\.com$/],
    ["Jane.Doe@Partner.EXAMPLE", /^bounces\+jane\.doe=partner\.example\.[0-9a-v]{16}@/],
    ["a+b@partner.example", /^bounces\+a~2bb=partner\.example\.[0-9a-v]{16}@/],
    ["a..b.@carrier.example", /^bounces\+a\.~2eb~2e=carrier\.example\.[0-9a-v]{16}@/],
    ["é@partner.example", /^bounces\+~c3~a9=partner\.example\.[0-9a-v]{16}@/],
    ["j@bücher.example", /^bounces\+j=xn--bcher-kva\.example\.[0-9a-v]{16}@/],
    ["somebody.with.a.name@of.a.very.long.partner.example", /^bounces\+[0-9a-v]{16}@mail\.example\.com$/],
  ])("%s -> %s", (recipient, form) => {
    expect(made(recipient)).toMatch(form);
  });

  test("is the same however the recipient is spelt, and another for another key", () => {
    expect(made("JANE@partner.example")).toBe(made("jane@PARTNER.example"));
    expect(made("jane@partner.example", MAILBOX, OTHER_KEY)).not.toBe(made("jane@partner.example"));
  });

  test("fits in a local part of 64 octets that every server takes, whoever the recipient", () => {
    fc.assert(
      fc.property(recipients, (recipient) => {
        const local = localOf(made(recipient));
        expect(local.length).toBeLessThanOrEqual(64);
        expect(local).toMatch(/^[a-z0-9_+=~-]+(\.[a-z0-9_+=~-]+)*$/);
      }),
    );
  });

  test.each([
    ["jane", MAILBOX, KEY, "the recipient of a return path: expected an address"],
    ["@partner.example", MAILBOX, KEY, "the recipient of a return path: expected an address"],
    ["jane@", MAILBOX, KEY, "the recipient of a return path: expected an address"],
    ["\ud800@partner.example", MAILBOX, KEY, "the recipient of a return path: expected an address"],
    ["jane@partner.example", MAILBOX, "short", "the key of a return path: expected a secret of at least 32 characters"],
    [
      "jane@partner.example",
      "bounces",
      KEY,
      'the mailbox of a return path: expected an address such as bounces@mail.example.com, got "bounces"',
    ],
    [
      "jane@partner.example",
      `${"b".repeat(48)}@mail.example.com`,
      KEY,
      "the mailbox of a return path: expected an address such as bounces@mail.example.com, got",
    ],
  ])("cannot be made for %j at %j with %j", (recipient, mailbox, key, message) => {
    expect(() => made(recipient, mailbox, key)).toThrow(ConfigurationError);
    expect(() => made(recipient, mailbox, key)).toThrow(message);
  });

  test("a mailbox of 47 octets leaves room for the token, and for nothing else", () => {
    const address = made("jane@partner.example", `${"b".repeat(47)}@mail.example.com`);
    expect(localOf(address)).toHaveLength(64);
    expect(readVerp(address, KEY)?.matches("jane@partner.example")).toBe(true);
  });
});

describe("reading a return path", () => {
  test("gives the recipient back when there was room for it", () => {
    expect(readVerp(made("Jane@Partner.example"), KEY)?.recipient).toBe("jane@partner.example");
    const long = readVerp(made("somebody.with.a.name@of.a.very.long.partner.example"), KEY);
    expect(long?.recipient).toBeUndefined();
    expect(long?.matches("Somebody.With.A.Name@of.a.very.long.PARTNER.example")).toBe(true);
  });

  test("any recipient comes back, or is known again, whatever has become of the case", () => {
    fc.assert(
      fc.property(recipients, fc.boolean(), (recipient, isShouted) => {
        const address = made(recipient);
        const read = readVerp(isShouted ? address.toUpperCase() : address, KEY);
        expect(read?.matches(recipient)).toBe(true);
        if (read?.recipient !== undefined) expect(made(read.recipient)).toBe(address);
      }),
    );
  });

  test("no other recipient matches", () => {
    fc.assert(
      fc.property(recipients, recipients, (recipient, other) => {
        fc.pre(made(recipient) !== made(other));
        expect(readVerp(made(recipient), KEY)?.matches(other)).toBe(false);
      }),
    );
  });

  test("what is no address matches nothing", () => {
    for (const recipient of ["jane@partner.example", "somebody.with.a.name@of.a.very.long.partner.example"])
      for (const other of ["", "jane", "@", "jane@", "@partner.example", "\ud800@partner.example"])
        expect(readVerp(made(recipient), KEY)?.matches(other)).toBe(false);
  });

  test("with another key it is worth nothing", () => {
    expect(readVerp(made("jane@partner.example"), OTHER_KEY)).toBeUndefined();
    const long = "somebody.with.a.name@of.a.very.long.partner.example";
    expect(readVerp(made(long), OTHER_KEY)?.matches(long)).toBe(false);
  });

  test("trap 1.14, forged report: a recipient that was put in place of ours is refused", () => {
    const forged = made("jane@partner.example").replace("jane", "john");
    expect(readVerp(forged, KEY)).toBeUndefined();
    expect(readVerp(made("jane@partner.example").replace(/.@/, "!@"), KEY)).toBeUndefined();
  });

  test.each([
    "",
    "@",
    "bounces@mail.example.com",
    "bounces+@mail.example.com",
    "bounces+0123456789abcdef",
    "bounces+0123456789abcde@mail.example.com",
    "bounces+0123456789abcdex@mail.example.com",
    "bounces+jane.0123456789abcdef@mail.example.com",
    "bounces+=.0123456789abcdef@mail.example.com",
    "bounces+a=b=c.0123456789abcdef@mail.example.com",
    "bounces+~ff=b.0123456789abcdef@mail.example.com",
    "bounces+~zz=b.0123456789abcdef@mail.example.com",
    "bounces+%41=b.0123456789abcdef@mail.example.com",
    `bounces+${"a".repeat(60)}=b.0123456789abcdef@mail.example.com`,
  ])("%j is none of ours", (address) => {
    expect(readVerp(address, KEY)).toBeUndefined();
  });

  test("a key that is too short believes nothing", () => {
    expect(readVerp(made("jane@partner.example"), KEY.slice(0, MIN_VERP_KEY_LENGTH - 1))).toBeUndefined();
  });

  test("never throws", () => {
    const piece = fc.oneof(
      fc.constantFrom("bounces+", "=", ".", "~", "~41", "%", "@", "0123456789abcdef", "0123456789ABCDEF"),
      fc.string({ unit: "binary", maxLength: 6 }),
    );
    const hostile = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(hostile, hostile, (address, recipient) => {
        const read = readVerp(address, KEY);
        expect(read?.matches(recipient) ?? false).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});
