import { once } from "node:events";
import { symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Found, walk } from "../../../cli/sources/walk.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

/** Sources below the folder, as they would be printed. */
function filesOf(found: Iterable<Found>, folder: string): string[] {
  return [...found].flatMap((each) => (each.kind === "file" ? [each.source.replace(`${folder}/`, "")] : []));
}

describe("order", () => {
  test("is the byte order of the whole paths", () => {
    const names = [
      "b.eml",
      "a/z.eml",
      "a/a/x.eml",
      "a.eml",
      "a-b.eml",
      "B.eml",
      "é.eml",
      "z.eml",
      "10",
      "9",
      "\u{1f600}",
      "\uff71",
    ];
    const folder = temporaryFolder(Object.fromEntries(names.map((name) => [name, ""])));
    const sorted = names.toSorted((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
    expect(filesOf(walk(folder), folder)).toEqual(sorted);
  });
});

describe("the source of a file is the argument as typed, joined with the path below it", () => {
  test.each([
    ["", "/a/x.eml"],
    ["/", "/a/x.eml"],
    ["/a", "/a/x.eml"],
    ["/a/x.eml", "/a/x.eml"],
    ["/./a", "/./a/x.eml"],
    ["/a/../a/", "/a/../a/x.eml"],
  ])("FOLDER%s -> FOLDER%s", (typed, expected) => {
    const folder = temporaryFolder({ "a/x.eml": "" });
    expect([...walk(folder + typed)]).toMatchObject([{ kind: "file", source: folder + expected }]);
  });
});

test("a file named outright is certainly a mail, one in a folder is not", () => {
  const folder = temporaryFolder({ x: "" });
  expect([...walk(`${folder}/x`), ...walk(folder)]).toMatchObject([{ certainlyMail: true }, { certainlyMail: false }]);
});

test("hidden files and folders are walked, version control's own folders are not", () => {
  const folder = temporaryFolder({
    ".hidden.eml": "",
    ".Sent/x.eml": "",
    ".git/HEAD": "",
    "deep/.git/HEAD": "",
    ".svn/x": "",
  });
  expect(filesOf(walk(folder), folder)).toEqual([".Sent/x.eml", ".hidden.eml"]);
});

describe("a Maildir", () => {
  const files = {
    "cur/1:2,S": "",
    "new/2": "",
    "tmp/3": "",
    "new/.nfs01": "",
    ".Sent/cur/4": "",
    ".Sent/new/5": "",
    ".Sent/tmp/6": "",
    index: "",
  };

  test("leaves out tmp, and the mails of its folders are certainly mails", () => {
    const folder = temporaryFolder(files);
    const found = [...walk(folder)].map((each) => [
      each.source.replace(`${folder}/`, ""),
      each.kind === "file" && each.certainlyMail,
    ]);
    expect(Object.fromEntries(found)).toEqual({
      ".Sent/cur/4": true,
      ".Sent/new/5": true,
      "cur/1:2,S": true,
      "new/2": true,
      "new/.nfs01": false,
      index: false,
    });
  });

  test("needs both cur and new: other folders may have a tmp", () => {
    const folder = temporaryFolder({ "cur/1": "", "tmp/2": "" });
    expect(filesOf(walk(folder), folder)).toEqual(["cur/1", "tmp/2"]);
  });
});

describe("symbolic links", () => {
  test("are followed to files, and not to folders, so that a circle ends", () => {
    const folder = temporaryFolder({ "a/x.eml": "" });
    symlinkSync("a/x.eml", join(folder, "link.eml"));
    symlinkSync("..", join(folder, "a/up"));
    expect([...walk(folder)].map(({ kind, source }) => [kind, source.replace(`${folder}/`, "")])).toEqual([
      ["skipped", "a/up"],
      ["file", "a/x.eml"],
      ["file", "link.eml"],
    ]);
  });

  test("are followed to a folder that is named outright", () => {
    const folder = temporaryFolder({ "a/x.eml": "" });
    symlinkSync("a", join(folder, "link"));
    expect(filesOf(walk(`${folder}/link`), folder)).toEqual(["link/x.eml"]);
  });

  test.each([
    ["nowhere", "no such file or directory"],
    ["link", "too many symbolic links encountered"],
  ])("to %s are told", (target, reason) => {
    const folder = temporaryFolder();
    symlinkSync(target, join(folder, "link"));
    expect([...walk(folder)]).toEqual([{ kind: "unreadable", source: `${folder}/link`, reason }]);
  });
});

test("a socket in a folder is skipped and not opened; named outright it is told", async () => {
  const folder = temporaryFolder({ "x.eml": "" });
  const server = createServer().listen(join(folder, "socket"));
  await once(server, "listening");
  onTestFinished(() => void server.close());
  expect([...walk(folder)]).toMatchObject([{ kind: "skipped", why: "special" }, { kind: "file" }]);
  expect([...walk(join(folder, "socket"))]).toMatchObject([
    { kind: "unreadable", reason: "it is neither a file nor a folder" },
  ]);
});

test.each(["nothere", "nothere/below", ""])("the path %j, which does not exist, is told", (path) => {
  expect([...walk(path)]).toEqual([{ kind: "unreadable", source: path, reason: "no such file or directory" }]);
});

test("a name that is no UTF-8 is found and can be opened", () => {
  const folder = temporaryFolder();
  const name = Buffer.from("caf\xe9.eml", "latin1");
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), "");
  expect([...walk(folder)]).toEqual([
    {
      kind: "file",
      source: `${folder}/caf\ufffd.eml`,
      path: Buffer.concat([Buffer.from(`${folder}/`), name]),
      certainlyMail: false,
    },
  ]);
});
