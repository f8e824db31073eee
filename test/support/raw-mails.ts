/** A text in the bytes that it has on the wire; a string stands for its UTF-8. */
export type Wire = string | Uint8Array;

/** A raw mail, or a part with its header: lines of CRLF, then the body as it is. */
export function rawMail(header: Readonly<Record<string, Wire>>, body: Wire = ""): Buffer {
  const fields = Object.entries(header).map(([name, value]) => join(`${name}: `, value, "\r\n"));
  return join(...fields, "\r\n", body);
}

/** The header of a mail that nothing is to be learned from. */
export const ENVELOPE = {
  From: "Ana <ana@client.example>",
  To: "desk@mail.acme.example",
  Date: "Fri, 20 Nov 2026 10:13:58 +0100",
  "Message-ID": "<7f1c@client.example>",
} as const;

/** A mail of one part. */
export function mailOf(body: Wire, contentType = "text/plain; charset=utf-8", encoding = "8bit"): Buffer {
  return rawMail({ ...ENVELOPE, "Content-Type": contentType, "Content-Transfer-Encoding": encoding }, body);
}

export function htmlMail(html: Wire, encoding?: string): Buffer {
  return mailOf(html, "text/html; charset=utf-8", encoding);
}

/** A mail of several parts, each with its header. */
export function multipartMail(subtype: string, parts: readonly Wire[], end = "--=_b--\r\n"): Buffer {
  const type = `multipart/${subtype}; boundary="=_b"`;
  return rawMail(
    { ...ENVELOPE, "Content-Type": type },
    join(...parts.flatMap((part) => ["--=_b\r\n", part, "\r\n"]), end),
  );
}

export function partOf(contentType: string, body: Wire): Buffer {
  return rawMail({ "Content-Type": contentType }, body);
}

/** Quoted-printable with every byte written as hex, and a soft line break behind every so many. */
export function quotedPrintable(text: Wire, perLine: number): string {
  const hex = Array.from(join(text), (byte) => `=${byte.toString(16).toUpperCase().padStart(2, "0")}`);
  return hex.map((byte, at) => ((at + 1) % perLine === 0 ? `${byte}=\r\n` : byte)).join("");
}

/** Base64 with a line break behind every so many characters. */
export function base64(text: Wire, perLine = 76): string {
  return join(text)
    .toString("base64")
    .replace(new RegExp(`.{${perLine}}`, "g"), "$&\r\n");
}

/** Encoded words (RFC 2047), cut behind every so many bytes, whatever character that parts. */
export function encodedWords(text: Wire, encoding: "B" | "Q", bytes: number, charset = "utf-8"): string {
  const whole = join(text);
  const words: string[] = [];
  for (let at = 0; at < whole.length; at += bytes) {
    const piece = whole.subarray(at, at + bytes);
    words.push(
      `=?${charset}?${encoding}?${encoding === "B" ? piece.toString("base64") : quotedPrintable(piece, 1000)}?=`,
    );
  }
  return words.join("\r\n ");
}

/** Bytes, one after another. */
export function join(...pieces: readonly Wire[]): Buffer {
  return Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece) : piece)));
}

// The same in text of one character a byte (latin1), for mails that are made piece by piece.

/** Lines as mail has them; the last one is ended too. */
export function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\r\n`).join("");
}

/** The header of a mail that may hold any fields besides, in any order and number; it ends with the empty line. */
export function header(...fields: readonly string[]): string {
  return lines(`From: ${ENVELOPE.From}`, `To: ${ENVELOPE.To}`, ...fields, "");
}

/** The header of a mail of one text part. */
export function textHeader(type: string, ...fields: readonly string[]): string {
  return header("Subject: s", `Content-Type: ${type}`, ...fields);
}

/** Text as the bytes of UTF-8, a character a byte. */
export function utf8(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}
