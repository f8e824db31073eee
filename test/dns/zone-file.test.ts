import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readZoneFile } from "../../shared/dns/zone-file.ts";
import { ZoneFileError } from "../../shared/errors.ts";

/** Records as one line each: `name ttl TYPE word|word`. */
const shown = (zone: string) =>
  readZoneFile(zone, "acme.zone").map(({ name, ttl, type, data }) => `${name} ${ttl ?? "-"} ${type} ${data.join("|")}`);

const problems = (zone: string) => {
  try {
    readZoneFile(zone, "acme.zone");
    return [];
  } catch (error) {
    if (!(error instanceof ZoneFileError)) throw error;
    return error.message.split("\n");
  }
};

test("a whole zone", () => {
  const zone = `\uFEFF$ORIGIN acme.example.
$TTL 1h
@        IN SOA ns1 hostmaster.acme.example. ( 2026112401 ; serial
                 7200 3600
                 1209600 300 )   ; the rest
         IN NS  ns1
         300 IN MX 10 mx.partner.example.
; mail
mail 5m  MX 10 inbound-smtp.eu-west-1.amazonaws.com.
_dmarc.mail TXT "v=DMARC1;" " p=quarantine"
$ORIGIN mail
*        CNAME @
`;
  expect(shown(zone)).toEqual([
    "acme.example 3600 SOA ns1|hostmaster.acme.example.|2026112401|7200|3600|1209600|300",
    "acme.example 3600 NS ns1.acme.example",
    "acme.example 300 MX 10|mx.partner.example",
    "mail.acme.example 300 MX 10|inbound-smtp.eu-west-1.amazonaws.com",
    "_dmarc.mail.acme.example 3600 TXT v=DMARC1;| p=quarantine",
    "*.mail.acme.example 3600 CNAME mail.acme.example",
  ]);
});

describe("a record", () => {
  test.each([
    ["without a TTL", "a.example. MX 10 b.example.", "a.example - MX 10|b.example"],
    ["TTL before class", "a.example. 60 IN MX 10 b.example.", "a.example 60 MX 10|b.example"],
    ["class before TTL", "a.example. IN 60 MX 10 b.example.", "a.example 60 MX 10|b.example"],
    [
      "TTL with units",
      "a.example. 1w2d3h4m5s MX 10 b.example.",
      `a.example ${604800 + 2 * 86400 + 3 * 3600 + 245} MX 10|b.example`,
    ],
    ["in small letters", "A.Example. in mx 10 B.example.", "a.example - MX 10|b.example"],
    ["a number with zeros before it", "a.example. MX 010 b.example.", "a.example - MX 10|b.example"],
    ["no mail at all (RFC 7505)", "a.example. MX 0 .", "a.example - MX 0|"],
    ["a name like a type", "$ORIGIN example.\nmx mx 10 txt", "mx.example - MX 10|txt.example"],
    ["with CRLF and tabs", "a.example.\tMX\t10\tb.example.\r\n", "a.example - MX 10|b.example"],
    ["within parentheses from the first word on", "a.example. (\nMX\n10 b.example.)", "a.example - MX 10|b.example"],
    ["a text without quotes", "a.example. TXT v=spf1", "a.example - TXT v=spf1"],
    ["a text with a semicolon in quotes", 'a.example. TXT "a;b" ; c', "a.example - TXT a;b"],
    ["escapes in a text", String.raw`a.example. TXT "\"\\\059\065"`, String.raw`a.example - TXT "\;A`],
    ["an empty text", 'a.example. TXT ""', "a.example - TXT "],
    ["a type that nobody asks for", "a.example. TYPE65534 \\# 1 00", "a.example - TYPE65534 #|1|00"],
    ["of the root", ". NS a.example.", " - NS a.example"],
  ])("%s", (_, zone, expected) => {
    expect(shown(zone)).toEqual([expected]);
  });
});

describe("a problem", () => {
  test.each([
    [
      "a name that is part of one",
      "mail MX 10 b.example.",
      'acme.zone:1:1: "mail" is part of a name, and no $ORIGIN before it says of which',
    ],
    [
      "@ without an origin",
      "@ MX 10 b.example.",
      'acme.zone:1:1: "@" is part of a name, and no $ORIGIN before it says of which',
    ],
    [
      "no owner before",
      "  MX 10 b.example.",
      "acme.zone:1:3: expected a name, because no record stands before this one",
    ],
    [
      "a TTL that is longer than any (RFC 2181, section 8)",
      "a.example. 9999999999 MX 10 b.example.",
      'acme.zone:1:12: expected the type of a record, such as MX, got "9999999999"',
    ],
    ["no type", "a.example. 300 IN", "acme.zone:1:16: expected the type of a record, such as MX, got nothing"],
    [
      "a preference that is none",
      "\na.example. MX x b.example.",
      'acme.zone:2:15: expected the preference of a mail server, a number up to 65535, got "x"',
    ],
    [
      "a preference too large",
      "a.example. MX 65536 b.example.",
      'acme.zone:1:15: expected the preference of a mail server, a number up to 65535, got "65536"',
    ],
    [
      "an exchange that is part of a name",
      "a.example. MX 10 b",
      'acme.zone:1:18: expected a domain name, which ends with a dot or belongs below $ORIGIN, got "b"',
    ],
    [
      "two targets",
      "a.example. CNAME b.example. c.example.",
      'acme.zone:1:29: expected the end of the record, got "c.example."',
    ],
    ["no text", "a.example. TXT", "acme.zone:1:12: expected a text in quotes, got nothing"],
    [
      "a text too long",
      `a.example. TXT "${"ä".repeat(128)}"`,
      "acme.zone:1:16: expected texts of at most 255 octets each",
    ],
    ["another class", "a.example. CH TXT x", "acme.zone:1:12: expected the class IN, got CH"],
    ["a label too long", `${"a".repeat(64)}.example. TXT x`, "acme.zone:1:1: expected a domain name"],
    ["an empty label", "a..example. TXT x", "acme.zone:1:1: expected a domain name"],
    ["a quote that does not end", 'a.example. TXT "x\n', "acme.zone:1:16: this quoted text does not end on its line"],
    ["parentheses that do not end", "a.example. TXT (\nx", 'acme.zone:1:16: this "(" has no ")"'],
    ["parentheses that do not begin", "a.example. TXT x)", 'acme.zone:1:17: this ")" has no "("'],
    ["parentheses in parentheses", "a.example. TXT ( ( x )", 'acme.zone:1:18: expected ")" before another "("'],
    ["$INCLUDE", "$INCLUDE other.zone", "acme.zone:1:1: expected $ORIGIN or $TTL, got $INCLUDE, which is not read"],
    ["$ORIGIN of what", "$ORIGIN acme", "acme.zone:1:9: expected $ORIGIN with a name that ends with a dot"],
    ["$TTL of what", "$TTL soon", "acme.zone:1:6: expected $TTL with a time such as 300 or 1h"],
    ["a control character", "a.example. TXT \u0000\f", 'acme.zone:1:17: expected a word, got "\\f"'],
  ])("%s", (_, zone, expected) => {
    expect(problems(zone)[0]).toContain(expected);
  });

  test("every one is told, in the order of the file", () => {
    expect(problems('a TXT x\nb.example. MX\nc.example. TXT "\n').map((line) => line.slice(0, 14))).toEqual([
      "acme.zone:1:1:",
      "acme.zone:2:12",
      "acme.zone:3:16",
    ]);
  });
});

describe("any text", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "$ORIGIN",
      "$TTL",
      "@",
      "IN",
      "MX",
      "TXT",
      "CNAME",
      "300",
      "1h",
      "a.example.",
      "mail",
      "(",
      ")",
      '"',
      ";",
      "\\",
      "\n",
      " ",
      "\t",
      "\r\n",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );
  test("is read, or refused with lines of it", () => {
    fc.assert(
      fc.property(
        fc.array(word, { maxLength: 40 }).map((words) => words.join(" ")),
        (zone) => {
          const lines = zone.split("\n").length;
          for (const line of problems(zone).filter((each) => each.startsWith("acme.zone:")))
            expect(Number(line.split(":")[1])).toBeLessThanOrEqual(lines);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["one long word", `a. A ${"a".repeat(4_000_000)}`, 0],
    ["one long text", `a.example. TXT "${"a".repeat(4_000_000)}"`, 1],
    ["one long text of escapes", `a.example. TXT "${"\\1".repeat(2_000_000)}`, 2],
    ["quotes", `a.example. TXT ${'"'.repeat(1_000_000)}`, 0],
    ["parentheses", "(".repeat(200_000), 101],
    ["white space", " ".repeat(4_000_000), 0],
  ])("however large: %s", (_, zone, expected) => {
    expect(problems(zone)).toHaveLength(expected);
  });

  test("its first hundred problems are told, and how many more there are", () => {
    const told = problems("( (\n)\n".repeat(150));
    expect(told[99]).toMatch(/^acme\.zone:\d+:\d+: /);
    expect(told.slice(100)).toEqual([expect.stringMatching(/^acme\.zone:\d+:\d+: and 50 more problems$/)]);
  });
});
