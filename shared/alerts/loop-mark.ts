import type { Message } from "../message/message.ts";

/** By what an alert, or a mail that we send, is known again when it comes back. Anybody can write one: it proves nothing. */
export interface LoopMark {
  /** Of the alert, or of what else we send: 32 hex digits. */
  readonly id: string;
  /** 1 for what is about a mail without a mark; else one more than the mark of the mail that it is about. */
  readonly hop: number;
}

/** A mail that bears this hop has come back so often that it goes round in a loop. */
export const LOOP_HOPS = 3;

/** The header field that bears the mark of a mail of ours. */
const LOOP_HEADER = "X-Mailroom";

/** The mark as a header field, for every mail that we send ourselves. */
export function loopHeader({ id, hop }: LoopMark): { readonly name: string; readonly value: string } {
  return { name: LOOP_HEADER, value: `${id}; hop=${hop}` };
}

/** The mark as the first line of an alert's text ends with it, as SNS sends it to e-mail subscribers. */
export function alertMark({ id, hop }: LoopMark): string {
  return hop > 1 ? ` - Mailroom alert ${id}, hop ${hop}` : ` - Mailroom alert ${id}`;
}

/** The hop of an alert about this mail. The highest is that of the alert about a loop. */
export function nextHop(message: Message | undefined): number {
  return Math.min(message === undefined ? 0 : markedHop(message), LOOP_HOPS) + 1;
}

/** A mail raises many alerts, its text may be long, and a message is never changed. */
const known = new WeakMap<Message, number>();

/**
 * The highest hop of all marks that a mail bears, 0 when it bears none.
 *
 * What carries an alert back may quote it, wrap it, attach it, or put text before it: so marks count wherever they stand, in
 * attached messages too. The highest is that of the alert itself, since what the alert quotes came before it.
 */
export function markedHop(message: Message): number {
  const before = known.get(message);
  if (before !== undefined) return before;
  const { text, htmlText, textFromHtml, headers, nested } = message;
  const texts = textFromHtml ? [text] : [text, htmlText.text];
  const hop = Math.max(
    0,
    ...texts.flatMap((each) => IN_TEXT.map((mark) => highestIn(each, mark))),
    ...headers.filter(({ name }) => name === LOOP_HEADER.toLowerCase()).map(({ value }) => highestIn(value, IN_HEADER)),
    ...nested.map(markedHop),
  );
  known.set(message, hop);
  return hop;
}

/**
 * Our marks in a text: the e-mail form's, which may be quoted and wrapped, and the JSON's, which may be a string in JSON and
 * indented. Each gap is bounded, so that a text made of beginnings of marks is read in linear time.
 */
const IN_TEXT = [
  /Mailroom[\s>|]{1,16}alert[\s>|]{1,16}[0-9a-f]{32}(?:,[\s>|]{1,16}hop[\s>|]{1,16}(\d{1,3}))?/g,
  /mailroom\\{0,7}":[\s>|]{0,16}\{[\s>|]{0,16}\\{0,7}"alert\\{0,7}":[\s>|]{0,16}\\{0,7}"[0-9a-f]{32}\\{0,7}"(?:,[\s>|]{0,16}\\{0,7}"hop\\{0,7}":[\s>|]{0,16}(\d{1,3}))?/g,
];
const IN_HEADER = /^\s{0,16}[0-9a-f]{32}(?:\s{0,16};\s{0,16}hop=(\d{1,3}))?/g;

/** A mark without a hop is an alert about a mail from outside, or one from before there were hops. */
function highestIn(text: string, mark: RegExp): number {
  let highest = 0;
  for (const [, hop = "1"] of text.matchAll(mark)) highest = Math.max(highest, Number(hop), 1);
  return highest;
}
