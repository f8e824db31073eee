/** `500KB`, `1.5 MB`, `2000`; units in any case. */
export const BYTE_SIZE = /^(\d{1,15}(?:\.\d{1,15})?) ?([KkMm]?[Bb])?$/;

const UNITS: Readonly<Record<string, number>> = { "": 1, B: 1, KB: 1024, MB: 1024 * 1024 };

/** Bytes of a size as the rules file spells it, 1 KB being 1024 bytes; `undefined` when it is none. */
export function parseByteSize(size: number | string): number | undefined {
  if (typeof size === "number") return size;
  const [, digits, unit] = BYTE_SIZE.exec(size) ?? [];
  const factor = UNITS[unit?.toUpperCase() ?? ""];
  return digits === undefined || factor === undefined ? undefined : Math.round(Number(digits) * factor);
}
