import { PassThrough, type Transform } from "node:stream";
import { createBase64MessageDecoder } from "./base64.ts";
import { createBase64TextDecoder } from "./base64-text.ts";
import type { PartHeader } from "./part-header.ts";
import { isText, partKind } from "./part-kind.ts";
import { createQuotedPrintableDecoder } from "./transfer-encoding.ts";
import { createUudecoder } from "./uuencoded.ts";

/** What undoes a part's transfer encoding. */
export interface PartDecoder {
  /** `undefined` where mailparser's own will do: base64 of a file. */
  readonly decoder: Transform | undefined;
  /** Other readings of a text whose encoding is broken, bytes; to be asked when the decoder has ended. */
  asides(): readonly Buffer[];
}

const NONE = (): readonly Buffer[] => [];

/** @param lost lines of the header that are body, because the empty line between is missing */
export function createPartDecoder(part: PartHeader & { readonly isWhole: boolean }, lost: Buffer): PartDecoder {
  const kind = partKind(part);
  const made = decoderFor(part.transferEncoding, isText(kind), kind === "message");
  // What comes before a file's bytes is no part of it, and a message would begin with it.
  if (isText(kind) && lost.length > 0) made.decoder?.write(lost);
  return made;
}

function decoderFor(encoding: string, isText: boolean, isMessage: boolean): PartDecoder {
  if (encoding === "base64" && isText) return createBase64TextDecoder();
  if (encoding === "base64") return { decoder: isMessage ? createBase64MessageDecoder() : undefined, asides: NONE };
  if (encoding === "quoted-printable") return { decoder: createQuotedPrintableDecoder(), asides: NONE };
  if (encoding === "x-uuencode") return { decoder: createUudecoder(), asides: NONE };
  return { decoder: new PassThrough(), asides: NONE };
}
