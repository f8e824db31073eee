/** Writes a parameter as RFC 2231 has it: percent-encoded UTF-8, in sections of a few bytes, in the order that is asked for. */
export function extendedParameter(
  name: string,
  value: string,
  section: number,
  order: (sections: string[]) => string[],
): string {
  const encoded = Array.from(Buffer.from(value), (byte) => `%${byte.toString(16).padStart(2, "0")}`);
  const sections = Array.from({ length: Math.ceil(encoded.length / section) || 1 }, (_, at) => {
    const bytes = encoded.slice(at * section, (at + 1) * section).join("");
    return `${name}*${at}*=${at === 0 ? "utf-8''" : ""}${bytes}`;
  });
  return order(sections).join("; ");
}
