/** Undoes a transfer encoding, chunk by chunk. */
export interface TransferDecoder {
  decode(chunk: Buffer): Buffer;
  /** What was held back; to be called when no more bytes come. */
  end(): Buffer;
}

export const NO_BYTES = Buffer.alloc(0);

/** For bytes that no encoding has changed. */
export const UNENCODED: TransferDecoder = { decode: (chunk) => chunk, end: () => NO_BYTES };

/** The encodings that change bytes (RFC 2045 section 6.1, and the one before MIME), as they are found at the beginning of what is said. */
const CHANGING = /^["']?(base64|quoted-printable|(?:x-)?uu(?:e|encode)?)\b/;

/**
 * The transfer encoding that a field names, in lower case, however it is written: `base64;`, `"BASE64" (by hand)`. Mail
 * programs read these too, and text that we do not decode is text that we do not search.
 */
export function transferEncodingOf(value: string): string {
  const said = value.slice(0, 200).trim().toLowerCase();
  const encoding = CHANGING.exec(said)?.[1] ?? said;
  return /^(?:x-)?uu/.test(encoding) ? "x-uuencode" : encoding;
}
