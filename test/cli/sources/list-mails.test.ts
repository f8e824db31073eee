import { readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { type Listed, listMails } from "../../../cli/sources/list-mails.ts";
import { openStoredMail, type StoredMail } from "../../../cli/sources/stored-mail.ts";
import { collect } from "../../support/collect.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { mail } from "../small-mail.ts";

const FROM = "From a@acme.example Tue Nov 24 08:00:00 2026\r\n";

function list(paths: readonly string[], options: { all?: boolean; signal?: AbortSignal } = {}): Promise<Listed[]> {
  return collect(listMails(paths, { all: false, signal: new AbortController().signal, ...options }));
}

async function bytesOf(stored: StoredMail): Promise<string> {
  const { raw, size } = await openStoredMail(stored);
  expect(size).toBe("bucket" in stored ? undefined : stored.end - stored.start);
  return (raw instanceof Uint8Array ? Buffer.from(raw) : await buffer(raw)).toString("latin1");
}

async function mailsOf(paths: readonly string[], options?: { all?: boolean }): Promise<Record<string, string>> {
  const mails = (await list(paths, options)).flatMap((each) => (each.kind === "mail" ? [each.mail] : []));
  return Object.fromEntries(await Promise.all(mails.map(async (each) => [each.source, await bytesOf(each)] as const)));
}

test("of a folder the files that begin like a mail are taken, whatever their names; the others are counted", async () => {
  const folder = temporaryFolder({
    "a.txt": mail("a"),
    b: mail("b"),
    "notes.eml": "Dear all,\n",
    "empty.eml": "",
    "logo.png": "\x89PNG",
  });
  expect(await mailsOf([folder])).toEqual({ [`${folder}/a.txt`]: mail("a"), [`${folder}/b`]: mail("b") });
  expect((await list([folder])).filter(({ kind }) => kind === "skipped")).toEqual(
    ["empty.eml", "logo.png", "notes.eml"].map((name) => {
      const bytes = readFileSync(join(folder, name)).length;
      return { kind: "skipped", why: "notAMail", source: `${folder}/${name}`, bytes };
    }),
  );
});

test("with --all every file is taken", async () => {
  const folder = temporaryFolder({ "a.eml": mail("a"), "notes.txt": "Dear all,\n", empty: "" });
  expect(Object.values(await mailsOf([folder], { all: true }))).toEqual([mail("a"), "", "Dear all,\n"]);
});

test.each(["", "Dear all,\n"])("a file named outright is taken, though it holds %j", async (content) => {
  const folder = temporaryFolder({ x: content });
  expect(await mailsOf([`${folder}/x`])).toEqual({ [`${folder}/x`]: content });
});

test("a file with one From line is one mail, without the line and without a number", async () => {
  const folder = temporaryFolder({ x: FROM + mail("a") });
  expect(await mailsOf([folder])).toEqual({ [`${folder}/x`]: mail("a") });
});

test("the mails of an mbox are numbered from 1, in a folder too", async () => {
  const folder = temporaryFolder({ "in.mbox": `${FROM}${mail("a")}\r\n${FROM}${mail("b")}\r\n` });
  const mails = { [`${folder}/in.mbox#1`]: mail("a"), [`${folder}/in.mbox#2`]: mail("b") };
  expect(await mailsOf([folder])).toEqual(mails);
  expect(await mailsOf([`${folder}/in.mbox`])).toEqual(mails);
});

test("a mail above 256 KB is opened as a stream of its bytes alone", async () => {
  const large = mail("large", "x".repeat(300_000));
  const folder = temporaryFolder({ "in.mbox": `${FROM}${large}\r\n${FROM}${mail("b")}\r\n` });
  expect(await mailsOf([folder])).toEqual({ [`${folder}/in.mbox#1`]: large, [`${folder}/in.mbox#2`]: mail("b") });
});

test("a first header field beyond the first look is still found", async () => {
  const folder = temporaryFolder({ x: `X-Long: ${"x".repeat(10_000)}\n${mail("a")}` });
  expect(Object.keys(await mailsOf([folder]))).toEqual([`${folder}/x`]);
});

test("every mail of a Maildir is taken, even an empty one", async () => {
  const folder = temporaryFolder({ "cur/1": mail("a"), "new/2": "", "tmp/3": mail("c") });
  expect(await mailsOf([folder])).toEqual({ [`${folder}/cur/1`]: mail("a"), [`${folder}/new/2`]: "" });
});

describe("what cannot be read is told, and the rest goes on", () => {
  test("several paths, one of them missing", async () => {
    const folder = temporaryFolder({ "a.eml": mail("a"), "b.eml": mail("b") });
    const listed = await list([`${folder}/b.eml`, `${folder}/nothere`, `${folder}/a.eml`]);
    expect(listed).toMatchObject([
      { kind: "mail", mail: { source: `${folder}/b.eml` } },
      { kind: "unreadable", source: `${folder}/nothere`, reason: "no such file or directory" },
      { kind: "mail", mail: { source: `${folder}/a.eml` } },
    ]);
  });

  test("a file that opens but does not read", async () => {
    // Reading this one gives an input/output error to root and everybody else.
    const folder = temporaryFolder({ "a.eml": mail("a") });
    symlinkSync("/proc/self/mem", join(folder, "memory"));
    expect(await list([folder])).toMatchObject([{ kind: "mail" }, { kind: "unreadable", source: `${folder}/memory` }]);
  });
});

test("a mail that became shorter is read as far as it goes", async () => {
  const folder = temporaryFolder({ "a.eml": mail("a") });
  const [listed] = await list([folder]);
  truncateSync(`${folder}/a.eml`, 10);
  expect(listed?.kind === "mail" && (await bytesOf(listed.mail))).toBe(mail("a").slice(0, 10));
});

describe("an aborted signal ends the listing", () => {
  test("between files", async () => {
    const folder = temporaryFolder(Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`${n}.eml`, mail("a")])));
    const controller = new AbortController();
    let seen = 0;
    for await (const _ of listMails([folder], { all: false, signal: controller.signal })) {
      seen += 1;
      if (seen === 3) controller.abort();
    }
    expect(seen).toBe(3);
  });

  test("inside an mbox, without a mail cut short and without an error", async () => {
    const folder = temporaryFolder({ "in.mbox": `${FROM}${mail("a")}\r\n`.repeat(50) });
    const controller = new AbortController();
    let seen = 0;
    for await (const { kind } of listMails([folder], { all: false, signal: controller.signal })) {
      expect(kind).toBe("mail");
      seen += 1;
      controller.abort();
    }
    expect(seen).toBe(1);
  });
});
