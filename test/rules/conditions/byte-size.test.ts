import { expect, test } from "vitest";
import { parseByteSize } from "../../../shared/rules/conditions/byte-size.ts";

test.each([
  [0, 0],
  [2048, 2048],
  ["2048", 2048],
  ["10B", 10],
  ["1KB", 1024],
  ["1 kb", 1024],
  ["1.5MB", 1_572_864],
  ["40MB", 41_943_040],
  ["", undefined],
  ["MB", undefined],
  ["-1KB", undefined],
  ["1GB", undefined],
  ["1,5MB", undefined],
  ["1e3", undefined],
  ["1  KB", undefined],
])("the size %j is %j bytes", (size, bytes) => {
  expect(parseByteSize(size)).toBe(bytes);
});
