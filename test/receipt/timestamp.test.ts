import fc from "fast-check";
import { expect, test } from "vitest";
import { readTimestamp } from "../../shared/receipt/timestamp.ts";

test.each([
  { value: "2026-11-23T07:41:12.305Z", time: "2026-11-23T07:41:12.305Z" },
  { value: " 2026-11-23T07:41:12.305Z\n", time: "2026-11-23T07:41:12.305Z" },
  { value: "2026-11-23T07:41:12Z", time: "2026-11-23T07:41:12.000Z" },
  { value: "2026-11-23T07:41:12.3Z", time: "2026-11-23T07:41:12.300Z" },
  { value: "2026-11-23T07:41:12.305999999Z", time: "2026-11-23T07:41:12.305Z" },
  { value: "2026-11-23t07:41:12z", time: "2026-11-23T07:41:12.000Z" },
  { value: "2026-11-23T16:41:12+09:00", time: "2026-11-23T07:41:12.000Z" },
  { value: "2026-11-23T02:11:12-0530", time: "2026-11-23T07:41:12.000Z" },
  { value: "2026-11-23T07:41:12", time: "2026-11-23T07:41:12.000Z" },
  { value: "1970-01-01T00:00:00.000Z", time: "1970-01-01T00:00:00.000Z" },
  { value: "", time: null },
  { value: "2026-11-23", time: null },
  { value: "Mon, 23 Nov 2026 07:41:12 +0000", time: null },
  { value: "2026-13-23T07:41:12Z", time: null },
  { value: "2026-11-23T25:41:12Z", time: null },
  { value: "2026-11-23T07:41:12+99:00", time: null },
  { value: "1795419672305", time: null },
])("$value -> $time", ({ value, time }) => {
  expect(readTimestamp(value)).toBe(time);
});

test("every time that JavaScript can write is read back", () => {
  const dates = fc.date({ min: new Date(0), max: new Date("2999-12-31T23:59:59.999Z"), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      expect(readTimestamp(date.toISOString())).toBe(date.toISOString());
    }),
  );
});
