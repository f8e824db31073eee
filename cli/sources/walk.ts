import { isUtf8 } from "node:buffer";
import { type Dirent, readdirSync, type Stats, statSync } from "node:fs";
import { inByteOrder } from "../../shared/local/byte-order.ts";
import { reasonOf } from "../reason.ts";

/** A name on disk is bytes. Where they are no UTF-8 the path is a Buffer, and only `source` has replacement characters. */
export type FilePath = string | Buffer;

/** What a walk comes upon. `certainlyMail`: named outright or delivered into a Maildir, so its content is not asked. */
export type Found =
  | { readonly kind: "file"; readonly source: string; readonly path: FilePath; readonly certainlyMail: boolean }
  | { readonly kind: "skipped"; readonly source: string; readonly why: "linkedFolder" | "special" }
  | { readonly kind: "unreadable"; readonly source: string; readonly reason: string };

type Kind = "file" | "folder" | "link" | "special";

interface Entry {
  readonly source: string;
  readonly path: FilePath;
  readonly kind: Kind;
  readonly certainlyMail: boolean;
}

/** Version control keeps its own files in these; they are no part of the folder's content. */
const NEVER_ENTERED = new Set([".git", ".hg", ".svn"]);
/** In a Maildir: where mails are delivered to, and where they are still being written. */
const DELIVERED = new Set(["cur", "new"]);
const UNFINISHED = new Set(["tmp"]);

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
  // A stack of our own, the next entry last: generators inside each other would hand each file up through every folder above.
  const waiting: Entry[] = [start];
  for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
    const { source, path, certainlyMail } = entry;
    try {
      const kind = entry.kind === "link" ? kindOf(statSync(path)) : entry.kind;
      if (kind === "file") yield { kind, source, path, certainlyMail };
      else if (kind === "folder" && entry.kind === "folder")
        for (const below of entriesOf(entry).reverse()) waiting.push(below);
      else yield { kind: "skipped", source, why: kind === "folder" ? "linkedFolder" : "special" };
    } catch (error) {
      yield { kind: "unreadable", source, reason: reasonOf(error) };
    }
  }
}

/** What lies in a folder and is walked, in the byte order of the paths below. */
function entriesOf(folder: Entry): Entry[] {
  const entries = inByteOrder(readdirSync(folder.path, { withFileTypes: true, encoding: "buffer" }));
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name.toString()));
  const isMaildir = DELIVERED.isSubsetOf(folders);
  const passedOver = isMaildir ? NEVER_ENTERED.union(UNFINISHED) : NEVER_ENTERED;
  return entries
    .filter((entry) => !(entry.isDirectory() && passedOver.has(entry.name.toString())))
    .map((entry) => {
      const [kind, name] = [kindOf(entry), entry.name.toString()];
      const certainlyMail = kind === "folder" ? isMaildir && DELIVERED.has(name) : isDelivered(folder, name);
      return { source: join(folder.source, name), path: joinPath(folder.path, entry.name), kind, certainlyMail };
    });
}

/** Whether a file lies where a Maildir keeps delivered mails; names that begin with a dot are not mails there. */
function isDelivered(folder: Entry, name: string): boolean {
  return folder.kind === "folder" && folder.certainlyMail && !name.startsWith(".");
}

function kindOf(node: Stats | Dirent<Buffer>): Kind {
  if (node.isDirectory()) return "folder";
  if (node.isFile()) return "file";
  return node.isSymbolicLink() ? "link" : "special";
}

function join(folder: string, name: string): string {
  return folder.endsWith("/") ? folder + name : `${folder}/${name}`;
}

function joinPath(folder: FilePath, name: Buffer): FilePath {
  if (typeof folder === "string" && isUtf8(name)) return join(folder, name.toString());
  return Buffer.concat([Buffer.from(folder), Buffer.from("/"), name]);
}
