import iconv from "iconv-lite";

/** RFC 1468: the two bytes of EUC-JP without their high bits, between escape sequences. */
export function iso2022jp(text: string): Buffer {
  const latin1 = iconv.encode(text.normalize("NFKC"), "euc-jp").toString("latin1");
  const escaped = latin1.replace(/[\x80-\xff]+/g, (run) => `\x1b$B${lowBytes(run)}\x1b(B`);
  return Buffer.from(escaped, "latin1");
}

function lowBytes(run: string): string {
  return Buffer.from(Array.from(Buffer.from(run, "latin1"), (byte) => byte & 0x7f)).toString("latin1");
}
