import { expect, test } from "vitest";
import { ConfigurationError } from "../../shared/errors.ts";
import { storageKey } from "../../shared/receipt/storage-key.ts";

test.each([
  { prefix: "", key: "id" },
  { prefix: "inbound", key: "inbound/id" },
  { prefix: "inbound/", key: "inbound/id" },
  { prefix: "raw/orders", key: "raw/orders/id" },
  { prefix: "raw/orders/", key: "raw/orders/id" },
  { prefix: "受信/", key: "受信/id" },
])('prefix "$prefix" -> $key', ({ prefix, key }) => {
  expect(storageKey(prefix, "id")).toBe(key);
});

test.each(["undefined", "undefined/", "prod/undefined/", "null/mail", "[object Object]", "a\nb", "x".repeat(513)])(
  'trap 1.20, an object-key prefix "undefined": %j is refused',
  (prefix) => {
    expect(() => storageKey(prefix, "id")).toThrow(ConfigurationError);
  },
);

test("trap 1.20, a prefix that is not there at all is refused, whatever the types say", () => {
  expect(() => storageKey(undefined as unknown as string, "id")).toThrow(ConfigurationError);
});
