import { textOfUnits } from "./sets.ts";

const [PLUS, MINUS, NOTHING] = [0x2b, 0x2d, 0xfffd];

/** The value of each base64 character, by its byte. */
const BASE64 = new Map(
  Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", (char, value) => [
    char.charCodeAt(0),
    value,
  ]),
);

/**
 * UTF-7 (RFC 2152): `+`, UTF-16 in base64 without padding, and `-` or any byte that is no base64.
 *
 * It hides text: `+ADw-script+AD4-` is `<script>`, and `+outage-` is a word to whoever does not read UTF-7. So it is read
 * only where it is declared, and of it only what is well-formed: whole UTF-16 units with the bits left over zero. All else
 * stays as it stands.
 */
export function decodeUtf7(bytes: Uint8Array): string {
  // A byte gives one unit at most.
  const units = new Uint16Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte !== PLUS) {
      units[length++] = byte < 0x80 ? byte : NOTHING;
      continue;
    }
    let end = at + 1;
    while (BASE64.has(bytes[end] ?? 0)) end++;
    const closed = bytes[end] === MINUS;
    const shifted = decodeShifted(bytes.subarray(at + 1, end), units.subarray(length));
    length += shifted;
    // `+-` is how a plus is written; a plus that begins nothing, and what looks like base64 and is none, are themselves.
    if (shifted === 0) for (const raw of bytes.subarray(at, end)) units[length++] = raw;
    at = closed && (shifted > 0 || end === at + 1) ? end : end - 1;
  }
  return textOfUnits(units.subarray(0, length));
}

/** Writes the units of one run of base64, and gives their number: 0 when it is not UTF-16. */
function decodeShifted(base64: Uint8Array, units: Uint16Array): number {
  let [bits, held, length] = [0, 0, 0];
  for (const byte of base64) {
    bits = ((bits << 6) | (BASE64.get(byte) ?? 0)) & 0x3fffff;
    held += 6;
    if (held < 16) continue;
    held -= 16;
    units[length++] = bits >> held;
  }
  const restIsZero = held < 6 && (bits & ((1 << held) - 1)) === 0;
  return restIsZero && textOfUnits(units.subarray(0, length)).isWellFormed() ? length : 0;
}
