import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, mkdir, open, realpath, rm, stat, unlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { ConfigurationError, errorCode, MailAccessDeniedError, MailNotFoundError } from "../errors.ts";
import type { MailStore, OpenedMail } from "../ports.ts";
import { folderKeys, UNFINISHED } from "./folder-keys.ts";

/** Errors of the file system that mean: there is no file of this name. */
const MISSING: ReadonlySet<string | undefined> = new Set(["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ELOOP"]);
const DENIED: ReadonlySet<string | undefined> = new Set(["EACCES", "EPERM"]);

/**
 * Raw mails as files of one folder; a key is the path below it, with `/` between its parts.
 *
 * No key leads out of the folder: not by `..`, not as an absolute path, not over a symbolic link.
 */
export function folderMailStore(directory: string): MailStore {
  /** Where the key's file really is; `undefined` when that is not in the folder. */
  async function locate(key: string): Promise<string | undefined> {
    if (!isKey(key)) return undefined;
    const file = await realpath(join(directory, key));
    return file.startsWith((await realpath(directory)) + sep) ? file : undefined;
  }

  async function isMail(key: string): Promise<boolean> {
    const file = await locate(key);
    return file !== undefined && (await stat(file)).isFile();
  }

  /** The folder that the key's file is in; `undefined` when that leads out. */
  async function locateFolder(key: string): Promise<string | undefined> {
    if (!isKey(key)) return undefined;
    const [root, folder] = await Promise.all([realpath(directory), realpath(join(directory, dirname(key)))]);
    return folder === root || folder.startsWith(root + sep) ? folder : undefined;
  }

  /** The folder that the key's file belongs into, made part by part, so that nothing is made behind a symbolic link. */
  async function makeFolder(key: string): Promise<string> {
    await mkdir(directory, { recursive: true });
    const root = await realpath(directory);
    let folder = root;
    for (const part of key.split("/").slice(0, -1)) {
      await mkdir(join(folder, part)).catch(unlessThere);
      folder = await realpath(join(folder, part));
      if (!folder.startsWith(root + sep)) throw notAKey(key);
    }
    return folder;
  }

  return {
    async open(key) {
      try {
        const file = await locate(key);
        if (file !== undefined) return await openedFile(key, file);
      } catch (error) {
        throw explained(key, error);
      }
      throw new MailNotFoundError(key);
    },

    async put(key, raw) {
      if (!isKey(key)) throw notAKey(key);
      const file = join(await makeFolder(key), basename(key));
      await writeWhole(file, raw).catch(async (error: unknown) => {
        if (errorCode(error) !== "EEXIST" || !(await isMail(key))) throw error;
      });
    },

    async remove(key) {
      try {
        const folder = await locateFolder(key);
        const file = folder === undefined ? undefined : join(folder, basename(key));
        if (file !== undefined && !(await lstat(file)).isDirectory()) await unlink(file);
      } catch (error) {
        if (!MISSING.has(errorCode(error))) throw error;
      }
    },

    list: (prefix) => folderKeys(directory, prefix),
  };
}

/** Relative, and every part a name: nothing that leads up, and no file that is still being written. */
function isKey(key: string): boolean {
  return (
    !key.includes("\0") &&
    !key.includes(UNFINISHED) &&
    key.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}

function notAKey(key: string): ConfigurationError {
  return new ConfigurationError(`"${key}" is no key of a mail folder: expected a relative path inside the folder`);
}

async function openedFile(key: string, path: string): Promise<OpenedMail> {
  // Not blocking, because a named pipe would wait for a writer; it is refused below.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new MailNotFoundError(key);
    return { key, size: stat.size, body: file.createReadStream() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Writes beside the place and gives the file its name: a reader sees the whole mail or none, also after a crash.
 *
 * @throws EEXIST when the name is taken; it stays with what has it
 */
async function writeWhole(file: string, raw: Uint8Array): Promise<void> {
  const unfinished = join(dirname(file), `${UNFINISHED}${randomUUID()}`);
  try {
    await writeFile(unfinished, raw, { flush: true });
    await link(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
}

function explained(key: string, error: unknown): unknown {
  const code = errorCode(error);
  if (MISSING.has(code)) return new MailNotFoundError(key, { cause: error });
  if (DENIED.has(code)) return new MailAccessDeniedError(key, { cause: error });
  return error;
}

function unlessThere(error: unknown): void {
  if (errorCode(error) !== "EEXIST") throw error;
}
