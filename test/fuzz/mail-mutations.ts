import type fc from "fast-check";
import { BOUNDARIES, BYTES, CHARSETS, ENCODINGS, TYPES } from "./mail-words.ts";
import { SEED_MAILS } from "./seed-mails.ts";
import { type Change, chosen, insertion, mutated, replacement, TEXT_MUTATIONS } from "./text-mutations.ts";

/** Mails that begin as one of ours and are changed in ways that mail is broken, and in ways that an attacker breaks it. */
export const mutatedMail: fc.Arbitrary<string> = mutated(SEED_MAILS, {
  ...TEXT_MUTATIONS,
  insert: insertion(BYTES),
  flip,
  charset: replacement(/(charset\*?=)"?[^\s";]*"?/gi, CHARSETS),
  wordCharset: replacement(/(=\?)[^?\s]*(?=\?)/g, CHARSETS),
  encoding: replacement(/(content-transfer-encoding: *)\S*/gi, ENCODINGS),
  type: replacement(/(content-type: *)[^\s;]*/gi, TYPES),
  boundary: replacement(/(boundary=)"?[^\s";]*"?/gi, BOUNDARIES),
  delimiter: replacement(/(^--)\S*/gm, BOUNDARIES),
  disposition: replacement(/(content-disposition: *)[^\s;]*/gi, ["inline", "attachment", "", "form-data"]),
  value: replacement(/(^[\w-]{1,40}:).*/gm, [...BYTES, " =?utf-8?Q?=FF?=", ` ${"a@b.example, ".repeat(30)}`]),
  field: (mail, change) => withField(mail, change),
  lineEnds: (mail, { pick }) => mail.replace(/\r?\n/g, ["\n", "\r\n", "\r", "\n\n", "\r\r\n", ""][pick % 6] ?? ""),
  nest,
  encode,
  headerOnly: (mail) => mail.split(/\r?\n\r?\n/, 1)[0] ?? "",
});

function flip(mail: string, { from, times, pick }: Change): string {
  const bytes = Buffer.from(mail, "latin1");
  for (let n = 0; n <= times && bytes.length > 0; n++) {
    const at = Math.floor(from * bytes.length + n * n * 7) % bytes.length;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (pick % 8));
  }
  return bytes.toString("latin1");
}

/** A header field twice, not at all, or before others. */
function withField(mail: string, change: Change): string {
  const lines = mail.split("\n");
  const fields = lines.flatMap((line, at) => (/^[\w-]+:/.test(line) ? [at] : []));
  const at = chosen(fields, { ...change, pick: Math.floor(change.from * 1_000) });
  if (at === undefined) return mail;
  const [field = ""] = lines.splice(at, change.times % 3 === 0 ? 0 : 1);
  const copies = change.times % 3 === 1 ? 0 : (change.times % 7) + 1;
  lines.splice(Math.floor(change.to * lines.length), 0, ...Array<string>(copies).fill(field));
  return lines.join("\n");
}

/** The mail inside another: attached, encoded, inline without a header of its own, or a part beside copies of itself. */
function nest(mail: string, change: Change): string {
  const type = chosen(["message/rfc822", "message/global", "text/plain", "text/rfc822-headers"], change);
  const isEncoded = change.times % 3 === 0;
  const encoding = isEncoded ? "Content-Transfer-Encoding: base64\n" : "";
  const inner = isEncoded ? Buffer.from(mail, "latin1").toString("base64") : mail;
  const part = `--n${change.pick}\nContent-Type: ${type}\n${encoding}\n${inner}\n`;
  const subtype = chosen(["mixed", "digest", "report", "alternative", "related", "parallel"], change);
  const top = `Subject: outage\nContent-Type: multipart/${subtype}; boundary=n${change.pick}\n\n`;
  return top + part.repeat((change.times % 4) + 1) + (change.times % 2 === 0 ? `--n${change.pick}--\n` : "");
}

/** The body, encoded as the header then says, or as it does not say. */
function encode(mail: string, change: Change): string {
  const at = mail.search(/\r?\n\r?\n/);
  const [header, body] = at < 0 ? [mail, ""] : [mail.slice(0, at), Buffer.from(mail.slice(at + 2), "latin1")];
  const says = chosen(ENCODINGS, change);
  return `${header}\nContent-Transfer-Encoding: ${says}\n\n${body.toString(change.times % 2 === 0 ? "base64" : "hex")}`;
}
