import { MAX_FILENAME_LENGTH } from "./limits.ts";

/** Characters that draw a name otherwise than it is: `invoice\u202Efdp.exe` is shown as `invoiceexe.pdf`. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * The file name of an attachment, safe to show and to save: its last path part, without control, direction and other
 * invisible characters, of bounded length with its extension kept. `null` when nothing is left.
 *
 * The attack: `..\..\a`, names with line breaks, right-to-left override.
 */
export function cleanFilename(name: string | undefined): string | null {
  const last = (name ?? "").replace(INVISIBLE, "").split(/[/\\]/).at(-1)?.trim() ?? "";
  if (last === "" || last === "." || last === "..") return null;
  const characters = Array.from(last);
  if (characters.length <= MAX_FILENAME_LENGTH) return last;
  const extension = /\.[^.\s]{1,16}$/u.exec(last)?.[0] ?? "";
  return characters.slice(0, MAX_FILENAME_LENGTH - extension.length).join("") + extension;
}
