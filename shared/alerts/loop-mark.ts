import type { Message } from "../message/message.ts";

/**
 * By what an alert, or a mail that we send, is known again when it comes back. Anybody can write a mark; what proves that one is ours is
 * that our mail log knows it, which made it with a secret.
 */
export interface LoopMark {
  /** Of the alert, or of what else we send: 32 hex digits. */
  readonly mark: string;
  /** The marks in the mail which it is about, the newest first. */
  readonly after: readonly string[];
}

/** Those of the alerts marked in a mail that are ours, each with its round: how many of ours in a row led to it, itself included. */
export type KnownAlerts = ReadonlyMap<string, number>;

/** Ids that a mark hands on: eight desks, each of which knows its own again by one, and two that a sender can put before them (in the subject). */
export const MAX_AFTER = 10;

/** Ids of a mail that are looked at. Ours come first, and no mark of ours has more than 11; what comes later is quoted, or there to cost us time. */
const MAX_MARKED = 16;

/** The header field that bears the mark of a mail of ours. */
const LOOP_HEADER = "X-Mailroom";

/** The mark as a header field, for every mail that we send ourselves. */
export function loopHeader({ mark, after }: LoopMark): { readonly name: string; readonly value: string } {
  return { name: LOOP_HEADER, value: after.length > 0 ? `${mark}; after=${after.join(",")}` : mark };
}

/** The mark as the first line of an alert's text ends with it, as SNS sends it to e-mail subscribers. */
export function alertMark(mark: string): string {
  return ` - Mailroom alert ${mark}`;
}

/** The other line of the mark, in an alert about a mail that bears marks itself. */
export function afterLines(after: readonly string[]): readonly string[] {
  return after.length > 0 ? [`After alert: ${after.join(" ")}`] : [];
}

/** What an alert about this mail hands on. Ids of our own need not be: that they led here is kept with the id of the new alert. */
export function idsToHandOn(message: Message | undefined, known: KnownAlerts): readonly string[] {
  if (message === undefined) return [];
  return markedIds(message)
    .filter((id) => !known.has(id))
    .slice(0, MAX_AFTER);
}

/** How many alerts of ours in a row led to a mail: 0 when none did, as far as is known. */
export function roundsBefore(known: KnownAlerts): number {
  return Math.max(0, ...known.values());
}

/** A mail raises many alerts, its text may be long, and a message is never changed. */
const found = new WeakMap<Message, readonly string[]>();

/**
 * The ids of all marks that a mail bears, each once, in the order in which they stand: the newest first, since an alert begins with its own.
 *
 * What carries an alert back may quote it, wrap it, attach it, or put text before it: so marks count wherever they stand, in
 * attached messages too.
 */
export function markedIds(message: Message): readonly string[] {
  const before = found.get(message);
  if (before !== undefined) return before;
  const { text, htmlText, textFromHtml, headers, nested } = message;
  const fields = headers.filter(({ name }) => name === LOOP_HEADER.toLowerCase()).map(({ value }) => value);
  const ids = new Set<string>();
  for (const field of fields) addIds(ids, field, IN_HEADER);
  for (const each of textFromHtml ? [text] : [text, htmlText.text]) addIds(ids, each, IN_TEXT);
  for (const id of nested.flatMap(markedIds)) ids.add(id);
  const first = [...ids].slice(0, MAX_MARKED);
  found.set(message, first);
  return first;
}

/**
 * Our marks in a text: the two lines of the e-mail form, which may be quoted and wrapped, and the JSON's, which may be a string in JSON and
 * indented. Each gap is bounded, so that a text made of beginnings of marks is read in linear time.
 */
const IN_TEXT = new RegExp(
  [
    String.raw`Mailroom[\s>|]{1,16}alert[\s>|]{1,16}[0-9a-f]{32}`,
    String.raw`After[\s>|]{1,16}alert:(?:[\s>|]{1,16}[0-9a-f]{32}){1,${MAX_AFTER}}`,
    String.raw`mailroom\\{0,7}":[\s>|]{0,16}\{[\s>|]{0,16}\\{0,7}"alert\\{0,7}":[\s>|]{0,16}\\{0,7}"[0-9a-f]{32}\\{0,7}"(?:,[\s>|]{0,16}\\{0,7}"after\\{0,7}":[\s>|]{0,16}\[(?:[\s>|,"\\]{1,48}[0-9a-f]{32}){1,${MAX_AFTER}})?`,
  ].join("|"),
  "g",
);
const IN_HEADER = new RegExp(
  String.raw`^\s{0,16}[0-9a-f]{32}(?:\s{0,16};\s{0,16}after=[0-9a-f]{32}(?:[\s,]{1,16}[0-9a-f]{32}){0,${MAX_AFTER - 1}})?`,
  "g",
);
const ID = /[0-9a-f]{32}/g;

function addIds(ids: Set<string>, text: string, marks: RegExp): void {
  for (const [mark] of text.matchAll(marks)) {
    for (const [id] of mark.matchAll(ID)) ids.add(id);
    if (ids.size >= MAX_MARKED) return;
  }
}
