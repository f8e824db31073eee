import { decodeText } from "../charset/decode-text.ts";
import { MAX_FILENAME_LENGTH } from "../limits.ts";

/** Characters that draw a name otherwise than it is: `invoice\u202Efdp.exe` is shown as `invoiceexe.pdf`. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** How much of a name is looked at: room for a long path before the part that counts. */
const MAX_RAW_LENGTH = 16 * 1024;

/**
 * The file name of an attachment, safe to show and to save: its last path part, without control, direction and other
 * invisible characters and what Windows drops at the end, of bounded length with its extension kept. `null` when nothing
 * is left.
 *
 * The attacks: `..\..\a`, line breaks, right-to-left override, and names that a rule for `*.exe` would not know again
 * (`run%2Eexe`, `run.exe. `).
 */
export function cleanFilename(name: string | undefined): string | null {
  const plain = withoutEscapes((name ?? "").slice(-MAX_RAW_LENGTH)).replace(INVISIBLE, "");
  const last =
    plain
      .split(/[/\\]/)
      .map(withoutTail)
      .findLast((part) => part !== "")
      ?.trimStart() ?? "";
  if (last === "") return null;
  const characters = Array.from(last);
  if (characters.length <= MAX_FILENAME_LENGTH) return last;
  const extension = /\.[^.\s]{1,16}$/u.exec(last)?.[0] ?? "";
  return characters.slice(0, MAX_FILENAME_LENGTH - extension.length).join("") + extension;
}

/** Undoes percent escapes: an RFC 2231 name that forgot its charset, or a name that was taken from a URL. */
function withoutEscapes(name: string): string {
  const bytes = Buffer.from(name).toString("latin1");
  const unescaped = bytes.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return unescaped === bytes ? name : decodeText(Buffer.from(unescaped, "latin1"), undefined).text;
}

/** Walked from the end, where an expression would try every run of dots. */
function withoutTail(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === "." || name[end - 1]?.trim() === "")) end--;
  return name.slice(0, end);
}
