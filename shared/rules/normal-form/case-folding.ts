const DOTLESS_I = "\u{131}";

/**
 * Full case folding of one character (Unicode CaseFolding.txt, statuses C and F): ß becomes ss, final sigma σ,
 * İ an i with its dot above as a mark.
 *
 * Lower, upper and lower again reaches the same classes as the file: the first step leads ẞ to ß, which only then
 * becomes SS. Only the dotless ı would join i, which the file keeps apart.
 */
export function foldCase(character: string): string {
  return character === DOTLESS_I ? character : character.toLowerCase().toUpperCase().toLowerCase();
}
