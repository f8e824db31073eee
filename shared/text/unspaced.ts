/**
 * A character of a script that is written without spaces between words: Chinese, Japanese, Bopomofo, Thai, Lao, Khmer,
 * Burmese, with the punctuation that they share (Unicode's Script_Extensions). Korean has spaces. A line may be broken
 * anywhere in such a text, so a line break between two of these characters is no space (CSS Text 3, section 4.1.3).
 */
export const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/u;

const AT_END = new RegExp(`${UNSPACED.source}$`, "u");
const AT_START = new RegExp(`^${UNSPACED.source}`, "u");

/** Whether a line that was broken between these two texts goes on without a space. */
export function joinsLines(before: string, after: string): boolean {
  // Most text is ASCII, which has no such character.
  if (after.charCodeAt(0) < 0x80) return false;
  // A character has two units at most.
  return AT_END.test(before.slice(-2)) && AT_START.test(after.slice(0, 2));
}
