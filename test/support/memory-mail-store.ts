import { Readable } from "node:stream";
import { MailNotFoundError } from "../../shared/errors.ts";
import type { MailStore } from "../../shared/ports.ts";

/** Raw mails that are forgotten when the test ends. */
export function memoryMailStore(mails: Readonly<Record<string, string | Uint8Array>> = {}): MailStore & {
  readonly mails: Map<string, Buffer>;
} {
  const stored = new Map(Object.entries(mails).map(([key, raw]) => [key, Buffer.from(raw as string)]));
  return {
    mails: stored,
    async open(key) {
      const raw = stored.get(key);
      if (raw === undefined) throw new MailNotFoundError(key);
      return { key, size: raw.length, body: Readable.from([raw], { objectMode: false }) };
    },
    async put(key, raw) {
      if (!stored.has(key)) stored.set(key, Buffer.from(raw));
    },
    async remove(key) {
      stored.delete(key);
    },
    async *list(prefix) {
      for (const key of [...stored.keys()].sort()) if (key.startsWith(prefix)) yield key;
    },
  };
}
