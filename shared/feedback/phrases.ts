/**
 * Joins a table of phrases, a row a language and a phrase a line, to the source of one regular expression that finds any of them.
 *
 * Phrases are expressions themselves: whatever repeats in them must be bounded, since they are looked for in texts of attackers.
 */
export function anyPhrase(table: Readonly<Record<string, string>>): string {
  return Object.values(table)
    .flatMap((row) => row.trim().split(/\n\s*/))
    .join("|");
}
