import { MAX_REPORTED_RECIPIENTS } from "../report-limits.ts";
import type { ReportText } from "./report-text.ts";
import { shareOut } from "./share-out.ts";

/** How the reports of one mail system, or of several that write alike, are read: a row of the table. */
export interface Family {
  readonly name: string;
  /** What its reports say, where it is in nothing else: looked for in the subject and the beginning of the text on one line. */
  readonly tells: RegExp;
  /** The shapes of lines that name a recipient, the most telling first. */
  readonly recipients: readonly RegExp[];
  /** How the address is named below a pipe or a file, which mail for it goes to and which is none. */
  readonly instead?: RegExp;
  /** The line after which recipients are named; without it from the first. */
  readonly begins?: RegExp;
  /** The line after which the reason for all of them is given. */
  readonly reasonFollows?: RegExp;
  /** The words in a reason that another server's answer follows: only that counts. */
  readonly answer?: RegExp;
  /** The line with which all ends. */
  readonly ends?: RegExp;
  /** All its reports tell of delays. */
  readonly delayed?: true;
}

/** What a family's reader found: who, as it is written, and the lines that say why. */
export interface NamedRecipient {
  readonly named: string;
  readonly why: string;
}

/** Characters of a reason that are kept. */
const MAX_WHY = 1_000;

/** Lines above the recipients that are taken for the reason where none follows. */
const LINES_ABOVE = 3;

/** A line that announces recipients, or is a heading between rules: no reason. */
const ANNOUNCES = /[:：]\s{0,9}$|^\s{0,9}-{3,}.{0,80}-{3,}\s{0,9}$/u;

interface Found {
  readonly named: string;
  readonly lines: string[];
  /** A paragraph of reasons has ended: what follows is about something else. */
  closed: boolean;
}

/** Reads the recipients that a report of this family names, in order, each as often as it is named. */
export function readFamily(family: Family, { lines }: ReportText): readonly NamedRecipient[] {
  const found: Found[] = [];
  const forAll: string[] = [];
  const above: string[] = [];
  let begun = family.begins === undefined;
  let isForAll = false;
  for (const line of lines) {
    if (begun && family.ends?.test(line)) break;
    if (family.begins?.test(line)) begun = true;
    if (family.reasonFollows?.test(line)) isForAll = true;
    const shape =
      begun && found.length < MAX_REPORTED_RECIPIENTS ? firstMatch(shapesFor(family, found.at(-1)), line) : undefined;
    if (isForAll) forAll.push(line);
    if (shape !== undefined && !isStillAbout(found.at(-1), shape))
      found.push({ named: shape.to, lines: [shape.why ?? ""], closed: false });
    else if (!isForAll) addReason(line, found.at(-1), above);
  }
  const share = shareOut(forAll, new Set(found.map(({ named }) => named.toLowerCase())));
  return found.map(({ named, lines: own }) => {
    const below = joined([...own, ...share(named)]);
    const why = below === "" && family.delayed === undefined ? joined(above.slice(-LINES_ABOVE)) : below;
    return { named, why: family.answer === undefined ? why : (why.split(family.answer)[1]?.trim() ?? why) };
  });
}

function shapesFor({ recipients, instead }: Family, current: Found | undefined): readonly RegExp[] {
  const isOpen = current !== undefined && !current.closed;
  return instead === undefined || isOpen ? recipients : [...recipients, instead];
}

/** Whether a line names the one again of whom the lines above speak: an answer that repeats the address. */
function isStillAbout(current: Found | undefined, { to, why = "" }: { to: string; why?: string }): boolean {
  return current !== undefined && !current.closed && why !== "" && to.toLowerCase() === current.named.toLowerCase();
}

function firstMatch(shapes: readonly RegExp[], line: string): { to: string; why?: string } | undefined {
  for (const shape of shapes) {
    const groups = shape.exec(line)?.groups;
    if (groups?.["to"] !== undefined)
      return { to: groups["to"], why: (groups["why"] ?? "").replace(/^[\s.,;:]{1,9}/, "") };
  }
  return undefined;
}

function addReason(line: string, current: Found | undefined, above: string[]): void {
  const isBlank = line.trim() === "";
  if (current === undefined) {
    if (!isBlank && !ANNOUNCES.test(line)) above.push(line);
    return;
  }
  if (isBlank) current.closed ||= isReasonEnd(current.lines);
  else if (!current.closed) current.lines.push(line);
}

/** Whether a blank line ends a reason: it has begun, and its last line does not announce more. */
function isReasonEnd(lines: readonly string[]): boolean {
  const said = lines.findLast((line) => line.trim() !== "");
  return said !== undefined && !said.trimEnd().endsWith(":");
}

/** Lines as one reason: on one line, and cut. */
export function joined(lines: readonly string[]): string {
  return lines
    .join(" ")
    .slice(0, 8 * MAX_WHY)
    .replace(/\s+/gu, " ")
    .trim()
    .slice(0, MAX_WHY);
}
