import { isUtf8 } from "node:buffer";
import { type Dirent, readdirSync, type Stats } from "node:fs";
import { byteString } from "../../shared/local/byte-order.ts";

/** A name on disk is bytes. Where they are no UTF-8 the path is a Buffer, and only `source` has replacement characters. */
export type FilePath = string | Buffer;

export type Kind = "file" | "folder" | "link" | "special";

/** Something in a folder, or what a walk begins with. */
export interface Entry {
  readonly source: string;
  readonly path: FilePath;
  readonly kind: Kind;
  /** Named outright, or delivered into a Maildir. A folder: whether mails are delivered into it. */
  readonly certainlyMail: boolean;
}

/** A folder that is being walked. It may have a million files, so no more is held of each than the bytes of its name. */
export interface OpenFolder {
  readonly folder: Entry;
  readonly isMaildir: boolean;
  /** What was not walked yet, the next one last: one character a byte, with a slash behind the name of a folder. */
  readonly names: string[];
  /** Of what is neither file nor folder. */
  readonly kinds: ReadonlyMap<string, Kind>;
}

/** Version control keeps its own files in these; they are no part of the folder's content. */
const NEVER_ENTERED = new Set([".git/", ".hg/", ".svn/"]);
/** In a Maildir: where mails are delivered to, and where they are still being written. */
const DELIVERED = new Set(["cur/", "new/"]);
const UNFINISHED = new Set(["tmp/"]);

/** Reads what lies in a folder and is walked, in the byte order of the paths below. */
export function openFolder(folder: Entry): OpenFolder {
  const entries = readdirSync(folder.path, { withFileTypes: true, encoding: "buffer" });
  const kinds = new Map<string, Kind>();
  const names = entries.map((entry) => {
    const name = byteString(entry);
    if (!(entry.isFile() || entry.isDirectory())) kinds.set(name, kindOf(entry));
    return name;
  });
  const isMaildir = DELIVERED.isSubsetOf(new Set(names));
  const passedOver = isMaildir ? NEVER_ENTERED.union(UNFINISHED) : NEVER_ENTERED;
  return {
    folder,
    isMaildir,
    names: names
      .filter((name) => !passedOver.has(name))
      .sort()
      .reverse(),
    kinds,
  };
}

/** Takes the next entry of the innermost folder that has one. */
export function takeNext(open: OpenFolder[]): Entry | undefined {
  for (let folder = open.at(-1); folder; folder = open.at(-1)) {
    const name = folder.names.pop();
    if (name !== undefined) return entryOf(folder, name);
    open.pop();
  }
  return undefined;
}

function entryOf({ folder, isMaildir, kinds }: OpenFolder, name: string): Entry {
  const isFolder = name.endsWith("/");
  const bytes = Buffer.from(isFolder ? name.slice(0, -1) : name, "latin1");
  return {
    source: join(folder.source, bytes.toString()),
    path: joinPath(folder.path, bytes),
    kind: isFolder ? "folder" : (kinds.get(name) ?? "file"),
    certainlyMail: isFolder ? isMaildir && DELIVERED.has(name) : isDelivered(folder, name),
  };
}

/** Whether a file lies where a Maildir keeps delivered mails; names that begin with a dot are not mails there. */
function isDelivered(folder: Entry, name: string): boolean {
  return folder.kind === "folder" && folder.certainlyMail && !name.startsWith(".");
}

export function kindOf(node: Stats | Dirent<Buffer>): Kind {
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
