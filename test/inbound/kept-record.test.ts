import { expect, test } from "vitest";
import { keptRecord } from "../../shared/inbound/kept-record.ts";
import { recordOf } from "../support/records.ts";

test("a record of ordinary size is kept as it is", () => {
  const record = recordOf();
  expect(keptRecord(record)).toBe(record);
});

test("of one that a mail was made to blow up, lists and texts are cut, and a problem says so", () => {
  const { message, matches } = recordOf();
  const to = Array.from({ length: 2_000 }, (_, place) => ({
    name: "障害".repeat(500),
    address: `a${place}@x.example`,
  }));
  const actions = Array.from({ length: 10_000 }, (_, place) => ({
    id: `${place}`.padStart(32, "0"),
    rule: "outage",
    type: "alert" as const,
    topic: "oncall",
    status: "done" as const,
  }));
  const because = Array.from({ length: 50 }, () => ({ field: "size", condition: "1", value: "x".repeat(10_000) }));
  const record = recordOf({
    message: { ...message, to, from: to },
    matches: [...matches, { rule: "big", because }],
    actions,
  });
  const kept = keptRecord(record);
  expect(Buffer.byteLength(JSON.stringify(kept))).toBeLessThan(300_000);
  expect(kept.problems.map(({ code }) => code)).toEqual(["recordCut"]);
  expect([kept.sesMessageId, kept.sha256, kept.size, kept.outcome]).toEqual([
    record.sesMessageId,
    record.sha256,
    record.size,
    record.outcome,
  ]);
  expect([kept.message.to.length, kept.actions.length, kept.matches[1]?.because.length]).toEqual([25, 1_000, 5]);
  expect(kept.message.to[0]).toEqual({ name: "障害".repeat(150), address: "a0@x.example" });
});
