import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type BatchedAlert, batchedAlert, batchesOf } from "../../shared/aws/sns-batches.ts";
import { alertOf } from "../support/alerts.ts";

const LIMIT = 262_144;

function ofBytes(bytes: readonly number[]): BatchedAlert[] {
  return bytes.map((size, place) => ({ ...batchedAlert(alertOf(), place, "arn"), bytes: size }));
}

test.each([
  { bytes: [], batches: [] },
  { bytes: [LIMIT], batches: [[LIMIT]] },
  { bytes: [LIMIT - 1, 1], batches: [[LIMIT - 1, 1]] },
  { bytes: [LIMIT - 1, 2], batches: [[LIMIT - 1], [2]] },
  { bytes: [LIMIT, LIMIT, 1], batches: [[LIMIT], [LIMIT], [1]] },
  { bytes: Array(11).fill(1), batches: [Array(10).fill(1), [1]] },
])("alerts of $bytes bytes go out as $batches", ({ bytes, batches }) => {
  expect(batchesOf(ofBytes(bytes)).map((batch) => batch.map((alert) => alert.bytes))).toEqual(batches);
});

test("whatever their sizes, every alert is in one batch, in order, and every batch is one that SNS takes", () =>
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: LIMIT })), (bytes) => {
      const batches = batchesOf(ofBytes(bytes));
      expect(batches.flat().map(({ entry }) => entry.Id)).toEqual(bytes.map((_, place) => String(place)));
      for (const batch of batches) {
        expect(batch.length).toBeLessThanOrEqual(10);
        expect(batch.reduce((sum, alert) => sum + alert.bytes, 0)).toBeLessThanOrEqual(LIMIT);
      }
    }),
  ));
