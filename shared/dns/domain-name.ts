/** RFC 1035, section 2.3.4, with room for the length of the first label and the root. */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/** A name as it is compared: in lower case, without the dot at its end. */
export function comparableName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** `b.c` and `c` of `a.b.c`: the nearest first. */
export function namesAbove(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.slice(1).map((_, at) => labels.slice(at + 1).join("."));
}

/**
 * A whole name, comparable, of one that a zone file has.
 *
 * @param origin what a name without a dot at its end continues with, comparable; `""` is the root
 * @returns `undefined` when it is no domain name, or continues with an origin that nobody told
 */
export function absoluteName(written: string, origin: string | undefined): string | undefined {
  if (written === ".") return "";
  if (written === "@") return origin;
  if (!written.endsWith(".") && origin === undefined) return undefined;
  const name = comparableName(written.endsWith(".") || origin === "" ? written : `${written}.${origin}`);
  const isName = name.length <= MAX_NAME && name.split(".").every(isLabel);
  return isName ? name : undefined;
}

/** Also `_dmarc` and `*`, which are no host names. */
function isLabel(label: string): boolean {
  return label.length > 0 && label.length <= MAX_LABEL;
}
