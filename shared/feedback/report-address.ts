/** RFC 5321 section 4.5.3.1: 64 and 255, with room for brackets, a type and a comment. */
const MAX_LENGTH = 1_000;

/** An address that a report names. */
export interface ReportedAddress {
  readonly address: string;
  /**
   * Whether its domain can be one that mail is sent to. `@ims-ms-daemon` and `@localhost` are names inside one machine, and
   * `@relay.example:a@b` is a route through it.
   */
  readonly isPublic: boolean;
}

/**
 * Reads the address of a Final-Recipient, Original-Recipient or Original-Rcpt-To field: `rfc822; <a@b.example>`, the type
 * and the brackets left out or not (RFC 3464 section 2.3, RFC 6533 section 3, RFC 5965 section 3.2).
 *
 * @returns `undefined` for what is no address: a local user, a pipe, a file, a redacted one
 */
export function readReportedAddress(value: string): ReportedAddress | undefined {
  const cut = value.slice(0, MAX_LENGTH);
  const { type, rest } = splitType(cut);
  const written = unwrap(type.startsWith("utf-8") ? undoUnitext(rest) : rest);
  const address = written.replace(/^@[^:]+:/, "");
  if (/^"?[|/]/.test(address)) return undefined;
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (at < 1 || !isLocalPart(local) || !/^(?:[\p{L}\p{M}\p{N}._-]+|\[[\da-f.:ipv]+\])$/iu.test(domain))
    return undefined;
  return { address, isPublic: address === written && /[^.]\.[^.]|^\[/.test(domain) };
}

/** RFC 3464 section 2.1.2: an address type is an atom. An address itself may hold a semicolon, in quotes. */
function splitType(value: string): { type: string; rest: string } {
  const found = /^\s*([\w-]{1,40})\s*;(.*)$/s.exec(value);
  return found === null ? { type: "", rest: value } : { type: (found[1] ?? "").toLowerCase(), rest: found[2] ?? "" };
}

/** Takes what stands in the last angle brackets, else drops a comment behind the address, and quotes around all of it. */
function unwrap(written: string): string {
  const open = written.lastIndexOf("<");
  const close = written.indexOf(">", open);
  const inner = open !== -1 && close !== -1 ? written.slice(open + 1, close) : written.replace(/ \(.*$/s, "");
  const bare = inner.trim().replace(/^mailto:/i, "");
  return /^(['"])[^'"\s]+\1$/.test(bare) ? bare.slice(1, -1) : bare;
}

function isLocalPart(local: string): boolean {
  return /^"[^"\n]+"$/.test(local) || /^[^\s"<>(),;:@\\|]+$/.test(local);
}

/** RFC 6533 section 3: in a message of ASCII alone, a character is written `\x{1F431}`. */
function undoUnitext(written: string): string {
  return written.replace(/\\x\{([\da-f]{1,6})\}/gi, (whole, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff) || code < 0x20 ? whole : String.fromCodePoint(code);
  });
}

/** RFC 3461 section 4: what a client wrote into ORCPT; some servers hand it back as it came. */
export function undoXtext(written: string): string {
  return written.replace(/\+([\dA-F]{2})/g, (whole, hex: string) => {
    const char = String.fromCharCode(Number.parseInt(hex, 16));
    // Only what xtext must encode: `+2B` and `+3D`. Anything else is a tag behind a plus sign.
    return char === "+" || char === "=" ? char : whole;
  });
}
