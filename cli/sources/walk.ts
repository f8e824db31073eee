import { statSync } from "node:fs";
import { reasonOf } from "../reason.ts";
import { type Entry, type FilePath, kindOf, type OpenFolder, openFolder, takeNext } from "./open-folder.ts";

/** What a walk comes upon. `certainlyMail`: named outright or delivered into a Maildir, so its content is not asked. */
export type Found =
  | { readonly kind: "file"; readonly source: string; readonly path: FilePath; readonly certainlyMail: boolean }
  | { readonly kind: "skipped"; readonly source: string; readonly why: "linkedFolder" | "special" }
  | { readonly kind: "unreadable"; readonly source: string; readonly reason: string };

/**
 * Every file at or below a path, in the byte order of the whole paths: the same on every machine, whatever order the
 * file system keeps.
 *
 * Symbolic links are followed to files, not to folders, so no walk is endless and no mail is found twice. In a Maildir
 * (a folder with `cur` and `new`) the files of these two are mails, and `tmp` holds none yet.
 */
export function* walk(argument: string): Generator<Found> {
  try {
    const kind = kindOf(statSync(argument));
    if (kind === "special") throw new Error("it is neither a file nor a folder");
    yield* walkFrom({ source: argument, path: argument, kind, certainlyMail: kind === "file" });
  } catch (error) {
    yield { kind: "unreadable", source: argument, reason: reasonOf(error) };
  }
}

function* walkFrom(start: Entry): Generator<Found> {
  // A stack of our own: generators inside each other would hand each file up through every folder above.
  const open: OpenFolder[] = [];
  for (let entry: Entry | undefined = start; entry; entry = takeNext(open)) {
    const { source, path, certainlyMail } = entry;
    try {
      const kind = entry.kind === "link" ? kindOf(statSync(path)) : entry.kind;
      if (kind === "file") yield { kind, source, path, certainlyMail };
      else if (kind === "folder" && entry.kind === "folder") open.push(openFolder(entry));
      else yield { kind: "skipped", source, why: kind === "folder" ? "linkedFolder" : "special" };
    } catch (error) {
      yield { kind: "unreadable", source, reason: reasonOf(error) };
    }
  }
}
