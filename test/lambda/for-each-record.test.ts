import { expect, test } from "vitest";
import { forEachRecord } from "../../shared/lambda/for-each-record.ts";

test("records are handled one after the other, also behind one that fails, whose error is thrown at the end", async () => {
  const handled: string[] = [];
  const handle = async (record: string) => {
    handled.push(record);
    if (record.startsWith("bad")) throw new Error(record);
  };
  await expect(forEachRecord(["a", "bad 1", "b", "bad 2", "c"], handle)).rejects.toThrow("bad 1");
  expect(handled).toEqual(["a", "bad 1", "b", "bad 2", "c"]);
  await expect(forEachRecord(["a"], handle)).resolves.toBeUndefined();
});
