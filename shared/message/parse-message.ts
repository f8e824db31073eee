import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { HeaderBlock } from "./header/header-block.ts";
import {
  HEADER_FIELD_COST,
  MAX_ALL_HEADER_BYTES,
  MAX_ALL_PARTS,
  MAX_HEADER_BYTES,
  MAX_MAIL_BYTES,
  MAX_NESTED_MESSAGES,
  MAX_REPORT_BYTES,
  MAX_TEXT_BYTES,
  MIN_HEADER_BYTES,
} from "./limits.ts";
import type { Message } from "./message.ts";
import type { MessageReader, ParseOptions, Reading } from "./parts/gathered-parts.ts";
import { createPartsReader } from "./parts/read-parts.ts";
import { problem } from "./problems.ts";
import { createRawMail } from "./raw-mail.ts";
import { toMessage } from "./to-message.ts";

/**
 * Parses one raw mail.
 *
 * Whatever the mail contains, it gives a message: what could not be read, or is beyond a limit, is told in `problems`.
 * A stream is never held whole; it is read to its end, unless the mail is larger than MAX_MAIL_BYTES.
 *
 * @param size of the stream in bytes, where it is known: of a mail too large no more than the header is read then
 * @throws only what reading the stream throws: then it is the store that failed, and reading can be tried again
 */
export async function parseMessage(
  raw: Readable | Uint8Array,
  size?: number,
  options: ParseOptions = {},
): Promise<Message> {
  const budget = {
    text: { left: MAX_TEXT_BYTES },
    report: { left: MAX_REPORT_BYTES },
    nestedMessages: MAX_NESTED_MESSAGES,
    headerBytes: MAX_ALL_HEADER_BYTES,
    parts: MAX_ALL_PARTS,
  };
  const isStream = raw instanceof Readable;
  const reader = createMessageReader({ depth: 0, budget, options }, isStream ? size : raw.byteLength);
  const wantsAll = await pushAll(isStream ? raw.iterator({ destroyOnReturn: false }) : slices(raw), reader);
  if (isStream && !wantsAll) raw.destroy();
  return reader.end();
}

/** Bytes of a mail in memory that are taken at a time. */
const SLICE = 64 * 1024;

function* slices({ buffer, byteOffset, byteLength }: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < byteLength; at += SLICE)
    yield Buffer.from(buffer, byteOffset + at, Math.min(SLICE, byteLength - at));
}

/** @returns whether all of it was wanted */
async function pushAll(chunks: AsyncIterable<Buffer> | Iterable<Buffer>, reader: MessageReader): Promise<boolean> {
  let sinceBreath = 0;
  for await (const chunk of chunks) {
    if (!reader.push(chunk)) return false;
    sinceBreath += chunk.length;
    if (sinceBreath < BREATH) continue;
    sinceBreath = 0;
    // A promise that is settled already lets nothing else have its turn.
    await setImmediate();
  }
  return true;
}

/** Bytes after which others have their turn. */
const BREATH = 1024 * 1024;

/**
 * Parses the header of a mail and no more of it, because runs that read on have died. The rest is passed over: whether the bytes are
 * those that were stored, a stream tells at its end.
 *
 * @throws only what reading the stream throws
 */
export async function parseHeader(raw: Readable, size = 0): Promise<Message> {
  const start = Readable.from(raw.iterator({ destroyOnReturn: false }), { objectMode: false });
  // Of a mail that is too large the header alone is read.
  const message = await parseMessage(start, Number.POSITIVE_INFINITY);
  if (size > MAX_MAIL_BYTES) raw.destroy();
  else await passOver(raw);
  const problems = message.problems.filter(({ code }) => code !== "tooLarge");
  return { ...message, size, problems: [problem("givenUp"), ...problems] };
}

/** Reads a stream to its end; one that is larger than any mail is destroyed. */
async function passOver(stream: Readable): Promise<void> {
  let passed = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    passed += chunk.length;
    if (passed > MAX_MAIL_BYTES) break;
  }
}

/** Reads one message as it comes: the mail itself, or one that is attached to it. */
function createMessageReader(reading: Omit<Reading, "openNested">, knownSize?: number): MessageReader {
  const { depth, budget } = reading;
  const openNested = (): MessageReader => createMessageReader({ ...reading, depth: depth + 1 });
  const parts = createPartsReader({ ...reading, openNested });
  const maxHeaderBytes = Math.min(MAX_HEADER_BYTES, Math.max(MIN_HEADER_BYTES, budget.headerBytes));
  const mail = createRawMail(parts.push, maxHeaderBytes, knownSize);
  return {
    push: mail.push,
    end() {
      const end = mail.end();
      const read = parts.end();
      budget.headerBytes = Math.max(0, budget.headerBytes - headerCost(end.header));
      return toMessage(end, read);
    },
  };
}

function headerCost({ fields }: HeaderBlock): number {
  return fields.reduce((bytes, { name, value }) => bytes + HEADER_FIELD_COST + name.length + value.length, 0);
}
