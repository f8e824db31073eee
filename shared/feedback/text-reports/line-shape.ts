/**
 * What stands for an address in a line: not its syntax (RFC 5321), but what a report can be seen to mean by one. A full stop behind it ends a
 * sentence.
 */
const ADDRESS = String.raw`(?:"[^"@\n]{1,64}"|[^NONE]{1,80})@[^NONE]{0,252}[^NONE.]`.replaceAll(
  "NONE",
  String.raw`\s<>"'(),:;@[\]\\：；，、。（）＜＞「」`,
);

/** A name inside one machine, where a report gives no more of an address. */
const LOCAL_NAME = String.raw`[\w.+=-]{1,64}`;

/**
 * The shape of a line that names a recipient. `ADDR` stands for an address, `USER` for an address or a local name, `WHY` for the rest of the
 * line, which gives the reason. All parts are bounded, so that a shape is linear in a line of bounded length.
 */
export function lineShape(written: string): RegExp {
  const pattern = written
    .replace("ADDR", `(?<to>${ADDRESS})`)
    .replace("USER", `(?<to>${ADDRESS}|${LOCAL_NAME})`)
    .replace("WHY", "(?<why>.{0,900})");
  return new RegExp(pattern, "iu");
}

/** Every address in a line of bounded length. */
export function addressesIn(line: string): readonly string[] {
  return [...line.matchAll(EVERY_ADDRESS)].map(([address]) => address);
}

const EVERY_ADDRESS = new RegExp(ADDRESS, "gu");

/** An address alone on its line, listed or in brackets: `  * <a@b.example>`. */
export const ALONE = lineShape(String.raw`^\s{0,20}(?:[*•>-]{1,3}\s{1,9})?["']?<?ADDR>?["']?\s{0,9}[,;.]?\s{0,9}$`);

/** An address in brackets, and the reason behind a colon or a space: `<a@b.example>: user unknown`. */
export const BRACKETED = lineShape(String.raw`^\s{0,20}<ADDR>\s{0,9}[:,;]?\s{0,9}WHY$`);

/**
 * What Postfix writes at the beginning of a line. An address in brackets that is indented is a part of another server's answer, and may be
 * the sender's: `    <us@acme.example>: Sender address rejected`.
 */
export const FLUSH = lineShape(String.raw`^<ADDR>(?: \(expanded from <[^>]{1,300}>\))?:\s{0,9}WHY$`);

/** An address and the reason behind a colon: `a@b.example: user unknown`. */
export const COLON = lineShape(String.raw`^\s{0,20}["']?ADDR["']?\s{0,9}:\s{0,9}WHY$`);

/** What sendmail writes: `550 5.1.1 <a@b.example>... User unknown`. */
export const DOTS = lineShape(
  String.raw`^\s{0,9}(?:[245]\d\d\s{1,3})?(?:[245]\.\d\.\d{1,3}\s{1,3})?<?USER>?\s{0,2}\.\.\.\s{0,9}WHY$`,
);

/** The command that was refused: `>>> RCPT To:<a@b.example>`. */
export const RCPT_TO = lineShape(String.raw`\bRCPT\s{0,3}TO\s{0,3}:\s{0,3}<?ADDR`);
