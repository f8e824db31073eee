import type { NeededRecord } from "./records.ts";

/** Seconds: short, so that a mistake is soon mended. */
export const TTL = 300;

/** RFC 1035, section 3.3.14: one text of a record has at most so many octets. */
const MAX_STRING_OCTETS = 255;

/** A record as a line of a zone file; its name is whole. */
export function zoneLine(record: NeededRecord): string {
  return `${record.name}. ${TTL} IN ${record.type} ${recordValue(record, "zone")}`;
}

/**
 * What a record says, as a zone file or Route 53 takes it. They differ in octets that are no printable ASCII: a zone file counts them in tens
 * (RFC 1035, section 5.1), Route 53 in eights.
 */
export function recordValue({ type, value }: NeededRecord, form: "zone" | "route53"): string {
  return type === "TXT" ? quotedTexts(value, form === "zone" ? 10 : 8) : `${value}.`;
}

function quotedTexts(text: string, radix: 8 | 10): string {
  const octets = [...Buffer.from(text)];
  const count = Math.max(1, Math.ceil(octets.length / MAX_STRING_OCTETS));
  const parts = Array.from({ length: count }, (_, at) =>
    octets.slice(at * MAX_STRING_OCTETS, (at + 1) * MAX_STRING_OCTETS),
  );
  return parts.map((part) => `"${part.map((octet) => escaped(octet, radix)).join("")}"`).join(" ");
}

function escaped(octet: number, radix: 8 | 10): string {
  if (octet < 0x20 || octet > 0x7e) return `\\${octet.toString(radix).padStart(3, "0")}`;
  const character = String.fromCharCode(octet);
  return character === '"' || character === "\\" ? `\\${character}` : character;
}
