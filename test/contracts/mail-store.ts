import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { MailNotFoundError } from "../../shared/errors.ts";
import type { MailStore } from "../../shared/ports.ts";

export interface MailStoreHarness {
  readonly store: MailStore;
  close(): Promise<void> | void;
}

export async function listedKeys(store: MailStore, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.list(prefix)) keys.push(key);
  return keys;
}

/** What every mail store does. `startEmpty` gives a store without mails. */
export function mailStoreContract(name: string, startEmpty: () => Promise<MailStoreHarness>): void {
  async function emptyStore(): Promise<MailStore> {
    const harness = await startEmpty();
    onTestFinished(() => harness.close());
    return harness.store;
  }

  async function readBack(store: MailStore, key: string): Promise<Buffer> {
    return buffer((await store.open(key)).body);
  }

  describe(`a mail store: ${name}`, () => {
    test.each([
      ["every byte value", Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
      ["an ISO-2022-JP mail with CRLF", Buffer.from("Subject: a\r\n\r\n\x1b$B>c32\x1b(B\r\n", "latin1")],
      ["bytes that are no UTF-8 (trap 1.6)", Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0x80])],
      ["nothing at all", Buffer.alloc(0)],
      ["1 MB", randomBytes(1 << 20)],
    ])("gives back %s exactly as they were put", async (_, raw) => {
      const store = await emptyStore();
      await store.put("raw/m1", raw);
      expect((await readBack(store, "raw/m1")).equals(raw)).toBe(true);
    });

    test("tells key and size of an opened mail", async () => {
      const store = await emptyStore();
      await store.put("raw/orders/m1", Buffer.from("12345"));
      const opened = await store.open("raw/orders/m1");
      await buffer(opened.body);
      expect(opened).toMatchObject({ key: "raw/orders/m1", size: 5 });
    });

    test("opens a mail as often as asked, each time from its beginning", async () => {
      const store = await emptyStore();
      await store.put("m1", Buffer.from("once more"));
      const [first, second] = await Promise.all([readBack(store, "m1"), readBack(store, "m1")]);
      expect([String(first), String(second)]).toEqual(["once more", "once more"]);
    });

    test("an opened mail may be left unread: destroying the body is enough", async () => {
      const store = await emptyStore();
      await store.put("m1", randomBytes(1 << 20));
      const { body } = await store.open("m1");
      const closed = new Promise((resolve) => body.once("close", resolve));
      body.destroy();
      await closed;
      expect(body.destroyed).toBe(true);
    });

    test("the same bytes put again change nothing", async () => {
      const store = await emptyStore();
      await store.put("m1", Buffer.from("same"));
      await store.put("m1", Buffer.from("same"));
      expect([await listedKeys(store, ""), String(await readBack(store, "m1"))]).toEqual([["m1"], "same"]);
    });

    test("what is under a key stays as it is: other bytes put there change nothing", async () => {
      const store = await emptyStore();
      await store.put("raw/m1", Buffer.from("the mail"));
      await store.put("raw/m1", Buffer.from("something else"));
      expect([await listedKeys(store, ""), String(await readBack(store, "raw/m1"))]).toEqual([["raw/m1"], "the mail"]);
    });

    test("of several that put under the same key at once, one does, whole", async () => {
      const store = await emptyStore();
      const mails = Array.from({ length: 5 }, (_, i) => Buffer.alloc(100_000, i));
      await Promise.all(mails.map((raw) => store.put("m1", raw)));
      const kept = await readBack(store, "m1");
      expect([mails.filter((raw) => raw.equals(kept)).length, await listedKeys(store, "")]).toEqual([1, ["m1"]]);
    });

    test("a mail that is removed is gone, and nothing else is; its key may be put again", async () => {
      const store = await emptyStore();
      const keys = ["raw/m", "raw/m1", "raw/m1.a", "raw/m10", "raw/m2", "m1"];
      for (const key of keys) await store.put(key, Buffer.from(key));
      await store.remove("raw/m1");
      await expect(store.open("raw/m1")).rejects.toThrow(MailNotFoundError);
      expect(await listedKeys(store, "")).toEqual(["m1", "raw/m", "raw/m1.a", "raw/m10", "raw/m2"]);
      await store.put("raw/m1", Buffer.from("again"));
      expect(String(await readBack(store, "raw/m1"))).toBe("again");
    });

    test.each(["missing", "raw/missing", "raw"])("nothing to remove under %s is no error", async (key) => {
      const store = await emptyStore();
      await store.put("raw/m1", Buffer.from("x"));
      await store.remove(key);
      expect(await listedKeys(store, "")).toEqual(["raw/m1"]);
    });

    test.each(["m1", "raw/m1", "raw/orders/m1", "a+b c@d=e,f;g", "メール/障害"])("takes the key %s", async (key) => {
      const store = await emptyStore();
      await store.put(key, Buffer.from(key));
      expect([String(await readBack(store, key)), await listedKeys(store, "")]).toEqual([key, [key]]);
    });

    test.each(["missing", "raw/missing", "raw"])("says that there is no mail under %s", async (key) => {
      const store = await emptyStore();
      await store.put("raw/m1", Buffer.from("x"));
      await expect(store.open(key)).rejects.toThrow(MailNotFoundError);
      await expect(store.open(key)).rejects.toMatchObject({ code: "MAIL_NOT_FOUND", key });
    });

    test("lists keys by prefix, in ascending byte order, the prefix not only at a slash", async () => {
      const store = await emptyStore();
      const put = ["raw/b", "raw/a/2", "raw/a.1", "raw/a/10", "rawer", "other/x", "raw/B", "raw/ａ", "raw/😀"];
      for (const key of put) await store.put(key, Buffer.from("x"));
      expect(await listedKeys(store, "raw/")).toEqual([
        "raw/B",
        "raw/a.1",
        "raw/a/10",
        "raw/a/2",
        "raw/b",
        "raw/ａ",
        "raw/😀",
      ]);
      expect(await listedKeys(store, "raw/a")).toEqual(["raw/a.1", "raw/a/10", "raw/a/2"]);
      expect(await listedKeys(store, "raw")).toHaveLength(8);
      expect(await listedKeys(store, "none/")).toEqual([]);
    });
  });
}
