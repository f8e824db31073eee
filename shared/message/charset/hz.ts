import { characterSet, textOfUnits, unitAt } from "./sets.ts";

const [TILDE, OPEN, CLOSE, LF, NOTHING] = [0x7e, 0x7b, 0x7d, 0x0a, 0xfffd];

/**
 * HZ (RFC 1843): GB2312 in seven bits between `~{` and `~}`; `~~` is a tilde, and `~` before a line end joins lines. A line
 * end closes what is open, so that a forgotten `~}` costs one line. Read only where it is declared: it hides ASCII.
 */
export function decodeHz(bytes: Uint8Array): string {
  const set = characterSet("gb2312");
  const units = new Uint16Array(bytes.length);
  let length = 0;
  let isChinese = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const next = bytes[at + 1] ?? 0;
    if (byte === TILDE && (next === OPEN || next === CLOSE)) {
      isChinese = next === OPEN;
      at++;
    } else if (byte === TILDE && !isChinese && (next === TILDE || next === LF)) {
      if (next === TILDE) units[length++] = TILDE;
      at++;
    } else if (isChinese && byte >= 0x21 && byte < TILDE && next >= 0x21) {
      units[length++] = unitAt(set, byte, next);
      at++;
    } else {
      if (byte === LF) isChinese = false;
      units[length++] = byte < 0x80 ? byte : NOTHING;
    }
  }
  return textOfUnits(units.subarray(0, length));
}
