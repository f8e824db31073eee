import fc from "fast-check";
import { expect, test } from "vitest";
import { readDate, readDateOrAge } from "../../cli/read-date.ts";

const NOW = Date.parse("2026-11-24T08:00:00.000Z");

test.each([
  ["2026-11-20", "2026-11-20T00:00:00.000Z"],
  [" 2026-11-20T09:14:03+01:00 ", "2026-11-20T08:14:03.000Z"],
  ["2026-11-20T09:14:03.412Z", "2026-11-20T09:14:03.412Z"],
  ["30m", "2026-11-24T07:30:00.000Z"],
  ["24h", "2026-11-23T08:00:00.000Z"],
  ["7d", "2026-11-17T08:00:00.000Z"],
  ["2w", "2026-11-10T08:00:00.000Z"],
])("%s is %s", (written, time) => {
  expect(readDateOrAge(written, NOW)).toBe(time);
});

test.each(["", "yesterday", "7", "7 d", "-7d", "1.5h", "7y", "d", "2026-13-01", "999999w", "1e3d"])(
  "%j is no date and no age",
  (written) => {
    expect(readDateOrAge(written, NOW)).toBeUndefined();
  },
);

test("an age is no date where a date alone is asked for", () => {
  expect(readDate("7d")).toBeUndefined();
});

test("whatever is written gives a time in our form, or nothing", () => {
  const written = fc.oneof(fc.string(), fc.stringMatching(/^\d{1,8}[mhdw]$/));
  fc.assert(
    fc.property(written, (text) => {
      const time = readDateOrAge(text, NOW);
      expect(time === undefined || new Date(time).toISOString() === time).toBe(true);
    }),
  );
});
