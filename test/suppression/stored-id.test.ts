import { expect, test } from "vitest";
import { storedId } from "../../shared/suppression/stored-id.ts";

const SHA256 = /^sha256-[\da-f]{64}$/;

test.each(["0102019a1f00c0de-1b2c3d4e-aaaa-4bbb-8ccc-0123456789ab-000000", "", "障害🔥", "x".repeat(512)])(
  "%o stays as it is",
  (id) => {
    expect(storedId(id)).toBe(id);
  },
);

test.each([
  ["more than 512 bytes", "x".repeat(513)],
  ["fewer characters, but more bytes", "障".repeat(171)],
  ["half a character", "\ud83d"],
])("of an id that is no part of a key its hash is: %s", (_title, id) => {
  expect(storedId(id)).toMatch(SHA256);
});

test("the hashes of different ids are different", () => {
  const ids = ["\ud83d", "\ud83e", "\ude00", "x".repeat(513), "x".repeat(514)];
  expect(new Set(ids.map(storedId)).size).toBe(ids.length);
});
