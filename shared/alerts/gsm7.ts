/** The default alphabet of 3GPP TS 23.038, section 6.2.1, without its escape and its line ends. */
const BASIC = new Set(
  "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
/** Its extension table: each character is sent as two septets. */
const EXTENSION = new Set("^{}\\[~]|€");

/** Septets that one character takes in the GSM 7-bit alphabet; `undefined` when it is not in it. */
export function gsm7Septets(character: string): 1 | 2 | undefined {
  if (BASIC.has(character)) return 1;
  return EXTENSION.has(character) ? 2 : undefined;
}

/** As much of a text's beginning as takes at most so many septets; a character outside the alphabet ends it. */
export function gsm7Beginning(text: string, maxSeptets: number): string {
  let left = maxSeptets;
  let end = 0;
  for (const character of text) {
    left -= gsm7Septets(character) ?? Number.POSITIVE_INFINITY;
    if (left < 0) break;
    end += character.length;
  }
  return text.slice(0, end);
}
