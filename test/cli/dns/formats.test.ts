import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recordValue, TTL, zoneLine } from "../../../cli/dns/record-line.ts";
import { type NeededRecord, neededRecords } from "../../../cli/dns/records.ts";
import { changeBatch } from "../../../cli/dns/route53-format.ts";
import { zoneFile } from "../../../cli/dns/zone-format.ts";
import { readZoneFile } from "../../../shared/dns/zone-file.ts";

const txt = (value: string): NeededRecord => ({ role: "dmarc", name: "_dmarc.acme.example", type: "TXT", value });

describe("a text", () => {
  test.each([
    ["with quotes and backslashes", String.raw`a "b" \c`, String.raw`"a \"b\" \\c"`, String.raw`"a \"b\" \\c"`],
    ["with octets that are no ASCII", "ä\n", String.raw`"\195\164\010"`, String.raw`"\303\244\012"`],
    ["that is empty", "", '""', '""'],
    ["of 255 octets", "a".repeat(255), `"${"a".repeat(255)}"`, `"${"a".repeat(255)}"`],
    ["of 256 octets", "a".repeat(256), `"${"a".repeat(255)}" "a"`, `"${"a".repeat(255)}" "a"`],
    [
      "of 128 letters of two octets",
      "ä".repeat(128),
      `"${"\\195\\164".repeat(127)}\\195" "\\164"`,
      `"${"\\303\\244".repeat(127)}\\303" "\\244"`,
    ],
  ])("%s", (_, value, zone, route53) => {
    expect([recordValue(txt(value), "zone"), recordValue(txt(value), "route53")]).toEqual([zone, route53]);
  });

  test("of any octets is read from the zone file as it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 600 }), (value) => {
        const [record] = readZoneFile(zoneLine(txt(value)), "printed");
        expect(Buffer.from(record?.data.join("") ?? "", "latin1")).toEqual(Buffer.from(value));
        expect(record?.data.every((text) => text.length <= 255)).toBe(true);
      }),
    );
  });
});

const domain = fc.domain().map((name) => name.toLowerCase());
const records = fc
  .record({
    domain,
    receiving: fc.uniqueArray(domain, { maxLength: 3 }),
    region: fc.constantFrom("eu-west-1", "us-east-1"),
    dkim: fc.option(
      fc.record({ tokens: fc.array(fc.stringMatching(/^[a-z0-9]{1,32}$/), { maxLength: 3 }), hostedZone: domain }),
      { nil: undefined },
    ),
    mailFromDomain: fc.option(domain, { nil: undefined }),
    dmarcPolicy: fc.string(),
    verificationToken: fc.option(fc.base64String(), { nil: undefined }),
  })
  .map(neededRecords);

test("the zone file is read as all records, and a change batch has those that nobody else sets", () => {
  fc.assert(
    fc.property(records, (needed) => {
      const read = readZoneFile(zoneFile(needed, ["a remark"]), "printed");
      expect(read.map(({ name, type, ttl }) => [name, type, ttl])).toEqual(
        needed.map(({ name, type }) => [name, type, TTL]),
      );
      expect(read.map(({ type, data }) => data.join(type === "TXT" ? "" : " "))).toEqual(
        needed.map(({ value }) => value),
      );
      const { Comment, Changes } = changeBatch(needed, "a remark");
      expect(Comment.length).toBeLessThanOrEqual(256);
      expect(Changes.map(({ ResourceRecordSet: { Name, Type } }) => [Name, Type])).toEqual(
        needed
          .filter(({ role }) => role !== "dmarc" && role !== "verification")
          .map(({ name, type }) => [`${name}.`, type]),
      );
    }),
  );
});
