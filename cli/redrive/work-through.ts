import { createHash } from "node:crypto";
import { mapAtOnce } from "../../shared/at-once.ts";
import type { DeadLetter } from "../../shared/ports.ts";
import { reasonOf } from "../reason.ts";
import type { Explanation } from "./explain.ts";
import type { OpenQueue } from "./open-queues.ts";

/** What became of a letter. `left`: it holds nothing that its function takes. */
export type LetterStatus = "planned" | "replayed" | "left" | "failed";

/** One letter that was looked at. */
export interface Outcome {
  readonly letter: DeadLetter;
  readonly explanation: Explanation;
  readonly status: LetterStatus;
  /** Why it failed. */
  readonly failure?: unknown;
}

export interface Work {
  readonly apply: boolean;
  /** When the run began: ISO 8601 in UTC with milliseconds. */
  readonly startedAt: string;
  readonly signal: AbortSignal;
  /** How many letters may still be looked at. */
  left(): number;
  /** Is told each letter, in order; `false`: nobody listens any more. */
  tell(outcome: Outcome): Promise<boolean>;
}

/** How the work on a queue ended. */
export interface Worked {
  /** Letters that came while the run went on, some of them perhaps because of it. */
  readonly later: number;
  /** Letters that were looked at came back before the rest was seen. */
  readonly mayRemain: boolean;
  /** Why letters could not be given back, one each. */
  readonly notGivenBack: readonly unknown[];
}

/** SQS gives no more at once. */
const BATCH = 10;

/** Looks in a row that bring nothing but what was seen; each hides ten letters again, so that others come to the front. */
const MAX_STALE = 100;

/** Milliseconds by which clocks may differ. What is replayed and fails again within them is known by its body. */
const MARGIN = 60_000;

/**
 * Looks once at every letter that was in a queue when the run began, and has it handled again with `apply`. In the end the queue has
 * all back that was not removed.
 *
 * It ends, whatever is done with the letters meanwhile: with the first look that brings none, or with too many in a row that bring nothing new of that
 * time.
 */
export async function workThrough(queue: OpenQueue, work: Work): Promise<Worked> {
  const seen = new Set<string>();
  const taken = new Map<string, DeadLetter>();
  const later = new Set<string>();
  const sent = new Set<string>();
  let stale = 0;
  let notGivenBack: readonly unknown[] = [];
  try {
    while (!work.signal.aborted && work.left() > 0 && stale < MAX_STALE) {
      const letters = await queue.letters.take(Math.min(BATCH, work.left()));
      if (letters.length === 0) break;
      for (const letter of letters) taken.set(letter.id, letter);
      for (const letter of letters) if (isLater(letter, work)) later.add(letter.id);
      const fresh = letters.filter(({ id }) => !seen.has(id) && !later.has(id));
      stale = fresh.length === 0 ? stale + 1 : 0;
      for (const { id } of fresh) seen.add(id);
      const outcomes = await mapAtOnce(fresh, BATCH, (letter) => workOn(letter, queue, work, sent));
      for (const { letter, status } of outcomes) if (status === "replayed") taken.delete(letter.id);
      if (!(await tellAll(outcomes, work))) break;
    }
  } finally {
    notGivenBack = await giveBack([...taken.values()], queue);
  }
  return { later: later.size, mayRemain: stale === MAX_STALE, notGivenBack };
}

function isLater({ sentAt }: DeadLetter, { startedAt }: Work): boolean {
  return sentAt !== null && Date.parse(sentAt) > Date.parse(startedAt) + MARGIN;
}

/**
 * It is removed after it was sent, never before: a crash in between repeats it, where the other order would lose it.
 *
 * @param sent digests of what this run has sent. A letter that fails again comes back with another id, and SQS leaves it the time of its first sending
 * when it moves it to a dead-letter queue.
 */
async function workOn(letter: DeadLetter, queue: OpenQueue, { apply }: Work, sent: Set<string>): Promise<Outcome> {
  const explanation = queue.explain(letter.body);
  const { replay } = explanation;
  if (replay === undefined) return { letter, explanation, status: "left" };
  if (!apply) return { letter, explanation, status: "planned" };
  if (sent.has(digestOf(letter.body))) return { letter, explanation, status: "failed", failure: SENT_BEFORE };
  try {
    await queue.replay(replay);
    sent.add(digestOf(replay));
  } catch (failure) {
    return { letter, explanation, status: "failed", failure };
  }
  try {
    await queue.letters.remove(letter);
    return { letter, explanation, status: "replayed" };
  } catch (error) {
    const failure = `it was replayed, and is still in its queue (${reasonOf(error)}): the next run repeats it, which does no harm`;
    return { letter, explanation, status: "failed", failure };
  }
}

const SENT_BEFORE = "this run has replayed the same already: it failed again, or was there twice";

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}

/** What was done is told, even when nobody listens: then the run need not go on only to look. */
async function tellAll(outcomes: readonly Outcome[], { apply, tell }: Work): Promise<boolean> {
  let isHeard = true;
  for (const outcome of outcomes) isHeard = await tell(outcome);
  return isHeard || apply;
}

async function giveBack(letters: readonly DeadLetter[], queue: OpenQueue): Promise<readonly unknown[]> {
  const failures = await mapAtOnce(letters, BATCH, (letter) =>
    queue.letters.giveBack(letter).then(
      () => [],
      (error: unknown) => [error],
    ),
  );
  return failures.flat();
}
