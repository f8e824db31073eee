/** Undoes a transfer encoding (RFC 2045 section 6); what is not of the encoding is passed over or kept, as RFC 2045 says. */
export function decodeTransfer(bytes: Buffer, encoding: "base64" | "quoted-printable" | undefined): Buffer {
  if (encoding === undefined) return bytes;
  const latin1 = bytes.toString("latin1");
  return encoding === "base64" ? Buffer.from(latin1, "base64") : decodeQuotedPrintable(latin1);
}

/** Quoted-printable as RFC 2045 section 6.7 has it: `=E9` is a byte, `=` at the end of a line joins it with the next. */
export function decodeQuotedPrintable(latin1: string): Buffer {
  const joined = latin1.replace(/=[ \t]{0,80}\r?\n/g, "");
  return Buffer.from(
    joined.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  );
}
