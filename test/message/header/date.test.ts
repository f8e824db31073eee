import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMailDate } from "../../../shared/message/header/date.ts";

describe("RFC 5322 dates and what is sent in their place", () => {
  test.each([
    ["Fri, 20 Nov 2026 10:13:58 +0100", "2026-11-20T09:13:58.000Z"],
    ["Fri, 20 Nov 2026 10:13:58 +0100 (CET)", "2026-11-20T09:13:58.000Z"],
    ["20 Nov 2026 10:13 -0500", "2026-11-20T15:13:00.000Z"],
    ["Fri,20 Nov 2026 10:13:58 GMT", "2026-11-20T10:13:58.000Z"],
    ["Fri, 20 Nov 26 10:13:58 EST", "2026-11-20T15:13:58.000Z"],
    ["Mon, 05 May 97 10:13:58 PDT", "1997-05-05T17:13:58.000Z"],
    ["Mon,  2 Apr 101 04:20:10 CST", "2001-04-02T10:20:10.000Z"],
    ["Tue, 04 Jun 0102 21:41:59 +1000", "2002-06-04T11:41:59.000Z"],
    ["Fri, 20-Nov-2026 10:13:58 +0000", "2026-11-20T10:13:58.000Z"],
    ["Friday, 20 November 2026 10:13:58 +0900", "2026-11-20T01:13:58.000Z"],
    ["Fri, 20 Nov 2026 10.13.58 +0000", "2026-11-20T10:13:58.000Z"],
    ["Fri, 20 Nov 2026 10:13:58 +01:00", "2026-11-20T09:13:58.000Z"],
    ["Fri, 20 Nov 2026 10:13:58 GMT+0100", "2026-11-20T09:13:58.000Z"],
    ["Fri, 20 Nov 2026 23:59:60 +0000", "2026-11-20T23:59:59.000Z"],
    ["Fri, 20 Nov 2026\t10:13:58\t-0000", "2026-11-20T10:13:58.000Z"],
    ["(sent (late)) Fri, 20 Nov 2026 10:13:58 Z", "2026-11-20T10:13:58.000Z"],
    ["Fri, 20 Nov 2026 10:13:58 XYZ", "2026-11-20T10:13:58.000Z"],
    ["Tue Nov 24 08:00:00 2026", "2026-11-24T08:00:00.000Z"],
    ["Tue Nov 24 08:00:00 JST 2026", "2026-11-23T23:00:00.000Z"],
    ["2026-11-24T08:00:00Z", "2026-11-24T08:00:00.000Z"],
    ["2026-11-24 08:00:00.123 +0200", "2026-11-24T06:00:00.000Z"],
  ])("%s -> %s", (value, iso) => {
    expect(parseMailDate(value)).toBe(iso);
  });

  test.each([
    "",
    "soon",
    "Fri, 32 Nov 2026 10:13:58 +0000",
    "Sun, 29 Feb 2026 10:13:58 +0000",
    "Fri, 0 Nov 2026 10:13:58 +0000",
    "2026-13-01 10:13:58",
    "Fri, 20 Foo 2026 10:13:58 +0000",
    "Fri, 20 Nov 2026 25:13:58 +0000",
    "Fri, 20 Nov 2026 10:61:58 +0000",
    "Fri, 20 Nov 2026 10:13:58 +9900",
    "Fri, 20 Nov 2026 10:13:58 +0199",
    "Fri, 20 Nov 1066 10:13:58 +0000",
    `Fri, 20 Nov 2026 10:13:58 +0000 ${"x".repeat(500)}`,
  ])("%j is no date", (value) => {
    expect(parseMailDate(value)).toBeNull();
  });
});

test("trap 2, invalid Date header: the answer never depends on the clock", () => {
  expect(parseMailDate("yesterday, around noon")).toBeNull();
});

test("any text gives a date or null", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (value) => {
      const date = parseMailDate(value);
      expect(date === null || new Date(date).toISOString() === date).toBe(true);
    }),
  );
});

test("every instant since 1970 that is written as RFC 5322 says is read back", () => {
  const zones = fc.integer({ min: -14 * 60, max: 14 * 60 });
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date("2100-01-01"), noInvalidDate: true }),
      zones,
      (date, zone) => {
        const seconds = Math.floor(date.getTime() / 1000) * 1000;
        const local = new Date(seconds + zone * 60_000).toUTCString().replace("GMT", "");
        const [hours, minutes] = [Math.floor(Math.abs(zone) / 60), Math.abs(zone) % 60].map((n) =>
          String(n).padStart(2, "0"),
        );
        fc.pre(new Date(seconds + zone * 60_000).getUTCFullYear() >= 1970);
        expect(parseMailDate(`${local}${zone < 0 ? "-" : "+"}${hours}${minutes}`)).toBe(
          new Date(seconds).toISOString(),
        );
      },
    ),
  );
});
