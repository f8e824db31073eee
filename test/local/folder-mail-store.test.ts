import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ConfigurationError, MailAccessDeniedError, MailNotFoundError } from "../../shared/errors.ts";
import { folderMailStore } from "../../shared/local/folder-mail-store.ts";
import { listedKeys, mailStoreContract } from "../contracts/mail-store.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A folder `mails` to store in, with a secret beside it that no key may reach; its name begins as the folder's does. */
function emptyFolders() {
  const base = temporaryFolder({ "mails-secret/key": "secret" });
  const [mails, secret] = [join(base, "mails"), join(base, "mails-secret")];
  mkdirSync(mails);
  return { base, mails, secret, store: folderMailStore(mails) };
}

mailStoreContract("a folder", async () => ({ store: emptyFolders().store, close: () => {} }));

const ESCAPES = [
  "../secret/key",
  "a/../../secret/key",
  "..",
  ".",
  "./m1",
  "",
  "/",
  "a//b",
  "a/",
  "/etc/hostname",
  "a\0b",
];

test.each(ESCAPES)("the key %j is no mail of the folder", async (key) => {
  const { store, mails } = emptyFolders();
  writeFileSync(join(mails, "m1"), "x");
  await expect(store.open(key)).rejects.toThrow(MailNotFoundError);
});

test.each(ESCAPES)("nothing is stored under the key %j", async (key) => {
  const { store, base, mails } = emptyFolders();
  await expect(store.put(key, Buffer.from("x"))).rejects.toThrow(ConfigurationError);
  expect([readdirSync(base), readdirSync(mails)]).toEqual([["mails", "mails-secret"], []]);
});

test("whatever the key, only the folder is written to", async () => {
  const { store, base, secret } = emptyFolders();
  const part = fc.constantFrom("..", ".", "", "a", "b", "\0", "\\", "%2e%2e", "~", "メ");
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { maxLength: 6 }).map((parts) => parts.join("/")),
      async (key) => {
        await store.put(key, Buffer.from("x")).catch(() => {});
        expect([readdirSync(base), readdirSync(secret)]).toEqual([["mails", "mails-secret"], ["key"]]);
      },
    ),
  );
});

test("a symbolic link does not lead out: not to read, not to write, not to list", async () => {
  const { store, mails, secret } = emptyFolders();
  symlinkSync(join(secret, "key"), join(mails, "file"));
  symlinkSync(secret, join(mails, "folder"));
  await expect(store.open("file")).rejects.toThrow(MailNotFoundError);
  await expect(store.open("folder/key")).rejects.toThrow(MailNotFoundError);
  await expect(store.put("folder/new/m1", Buffer.from("x"))).rejects.toThrow(ConfigurationError);
  expect(readdirSync(secret)).toEqual(["key"]);
  expect(await listedKeys(store, "")).toEqual([]);
});

test("a link to a file out of the folder is no mail: a put under its name fails, and does not write through", async () => {
  const { store, mails, secret } = emptyFolders();
  symlinkSync(join(secret, "key"), join(mails, "m1"));
  await expect(store.put("m1", Buffer.from("mail"))).rejects.toMatchObject({ code: "EEXIST" });
  expect(readFileSync(join(secret, "key"), "utf8")).toBe("secret");
  expect(readdirSync(mails)).toEqual(["m1"]);
});

test("removing takes away nothing outside: not over a link, not by a key that leads out; a link itself goes", async () => {
  const { store, base, mails, secret } = emptyFolders();
  symlinkSync(secret, join(mails, "folder"));
  symlinkSync(join(secret, "key"), join(mails, "file"));
  for (const key of ["folder/key", "../mails-secret/key", join(secret, "key"), "", "..", "file"])
    await store.remove(key);
  expect([readdirSync(base), readdirSync(secret), readdirSync(mails)]).toEqual([
    ["mails", "mails-secret"],
    ["key"],
    ["folder"],
  ]);
});

test("removing from a folder that is not there is no error", async () => {
  const { mails } = emptyFolders();
  await folderMailStore(join(mails, "later")).remove("m1");
  expect(readdirSync(mails)).toEqual([]);
});

test.skipIf(process.getuid?.() === 0)("a mail that may not be removed is an error", async () => {
  const { store, mails } = emptyFolders();
  await store.put("raw/m1", Buffer.from("x"));
  chmodSync(join(mails, "raw"), 0o500);
  await expect(store.remove("raw/m1")).rejects.toMatchObject({ code: "EACCES" });
  chmodSync(join(mails, "raw"), 0o700);
});

test("links in a circle end as not found", async () => {
  const { store, mails } = emptyFolders();
  symlinkSync("b", join(mails, "a"));
  symlinkSync("a", join(mails, "b"));
  await expect(store.open("a")).rejects.toThrow(MailNotFoundError);
});

test("a folder that is itself reached over a link works", async () => {
  const { base, mails } = emptyFolders();
  symlinkSync(mails, join(base, "link"));
  const store = folderMailStore(join(base, "link"));
  await store.put("raw/m1", Buffer.from("x"));
  expect(String(await buffer((await store.open("raw/m1")).body))).toBe("x");
});

test("a folder that is not there lists nothing, finds nothing, and is made by the first put", async () => {
  const { mails } = emptyFolders();
  const store = folderMailStore(join(mails, "later"));
  expect(await listedKeys(store, "")).toEqual([]);
  await expect(store.open("m1")).rejects.toThrow(MailNotFoundError);
  await store.put("m1", Buffer.from("x"));
  expect(await listedKeys(store, "")).toEqual(["m1"]);
});

test("a put that fails leaves nothing behind", async () => {
  const { store, mails } = emptyFolders();
  mkdirSync(join(mails, "m1"));
  await expect(store.put("m1", Buffer.from("x"))).rejects.toMatchObject({ code: "EEXIST" });
  expect(readdirSync(mails)).toEqual(["m1"]);
});

test("a part of the key that is a mail already is an error, and the mail stays", async () => {
  const { store } = emptyFolders();
  await store.put("m1", Buffer.from("x"));
  await expect(store.put("m1/m2", Buffer.from("y"))).rejects.toMatchObject({ code: "ENOTDIR" });
  expect(String(await buffer((await store.open("m1")).body))).toBe("x");
});

test("a file that is still being written is no mail yet", async () => {
  const { store, mails } = emptyFolders();
  writeFileSync(join(mails, ".mailroom-unfinished-1"), "half");
  expect(await listedKeys(store, "")).toEqual([]);
  await expect(store.open(".mailroom-unfinished-1")).rejects.toThrow(MailNotFoundError);
});

test("a key with a part that is too long for the file system is not found", async () => {
  await expect(emptyFolders().store.open("a".repeat(300))).rejects.toThrow(MailNotFoundError);
});

test("a named pipe is no mail, and is not waited for", async () => {
  const { store, mails } = emptyFolders();
  execFileSync("mkfifo", [join(mails, "pipe")]);
  await expect(store.open("pipe")).rejects.toThrow(MailNotFoundError);
});

test("a file where the folder is expected has nothing to list", async () => {
  const { mails } = emptyFolders();
  writeFileSync(join(mails, "file"), "x");
  expect(await listedKeys(folderMailStore(join(mails, "file")), "")).toEqual([]);
});

test("a folder that cannot be read is an error, not an empty listing", async () => {
  await expect(listedKeys(folderMailStore("a".repeat(300)), "")).rejects.toMatchObject({ code: "ENAMETOOLONG" });
});

test.skipIf(process.getuid?.() === 0)("a file that may not be read is told as denied", async () => {
  const { store, mails } = emptyFolders();
  await store.put("m1", Buffer.from("x"));
  chmodSync(join(mails, "m1"), 0);
  await expect(store.open("m1")).rejects.toThrow(MailAccessDeniedError);
});
