import { createBase64MessageDecoder, createDigits } from "./base64.ts";
import { createBase64TextDecoder } from "./base64-text.ts";
import { isText, type PartKind } from "./part-kind.ts";
import { createQuotedPrintableDecoder } from "./quoted-printable.ts";
import { type TransferDecoder, UNENCODED } from "./transfer-encoding.ts";
import { createUudecoder } from "./uuencoded.ts";

/** What undoes a part's transfer encoding. */
export interface PartDecoder {
  readonly decoder: TransferDecoder;
  /** Other readings of a text whose encoding is broken, bytes; to be asked when the decoder has ended. None in ordinary mail. */
  asides(): readonly Buffer[];
}

export function createPartDecoder(encoding: string, kind: PartKind): PartDecoder {
  if (encoding === "base64" && isText(kind)) return createBase64TextDecoder();
  return { decoder: decoderFor(encoding, kind), asides: () => [] };
}

function decoderFor(encoding: string, kind: PartKind): TransferDecoder {
  if (encoding === "base64") return kind === "message" ? createBase64MessageDecoder() : createBase64Decoder();
  if (encoding === "quoted-printable") return createQuotedPrintableDecoder();
  return encoding === "x-uuencode" ? createUudecoder() : UNENCODED;
}

function createBase64Decoder(): TransferDecoder {
  const digits = createDigits();
  return { decode: (chunk) => digits.decode(chunk.toString("latin1")), end: digits.end };
}
