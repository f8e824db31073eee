/** What stands around a name in a line: `>>> RCPT To:<jane@b.example>`, `550 jane... User unknown`. */
const BETWEEN_NAMES = /[\s<>"'(),:;]+|\.\.\./;

/** Lines that are kept for one of several recipients. The attack: a thousand of them, for each of whom a long text is gathered. */
const MAX_SHARED = 40;

/**
 * Shares a reason out that is given for several recipients at once, such as the transcript of a session.
 *
 * @param names in lower case
 * @returns a function that gives the lines about one of them: those that name them, and the answers (`<<<`) to these. All lines, when they are
 *   the only one or not named
 */
export function shareOut(common: readonly string[], names: ReadonlySet<string>): (named: string) => readonly string[] {
  if (names.size < 2) return () => common;
  const own = new Map<string, string[]>();
  let spokenOf: readonly string[] = [];
  for (const line of common) {
    const named = new Set(
      line
        .toLowerCase()
        .split(BETWEEN_NAMES)
        .filter((word) => names.has(word)),
    );
    if (named.size > 0 || !line.startsWith("<<<")) spokenOf = [...named];
    for (const name of spokenOf) keep(own, name, line);
  }
  const all = common.slice(0, MAX_SHARED);
  return (named) => own.get(named.toLowerCase()) ?? all;
}

function keep(own: Map<string, string[]>, name: string, line: string): void {
  const lines = own.get(name);
  if (lines === undefined) own.set(name, [line]);
  else if (lines.length < MAX_SHARED) lines.push(line);
}
