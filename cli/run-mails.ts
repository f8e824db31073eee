import type { Ending } from "./exit-status.ts";
import { listenForInterrupt } from "./interrupt.ts";
import type { Console } from "./output/console.ts";
import { add, type Tally } from "./output/tally.ts";
import { type Listed, listMails } from "./sources/list-mails.ts";
import { knownBytes, type StoredMail } from "./sources/stored-mail.ts";
import { createStatusLine, type StatusLine } from "./status-line.ts";
import type { Attempt } from "./workers/attempt.ts";
import { inOrder } from "./workers/in-order.ts";
import { createMailRunner } from "./workers/mail-runner.ts";
import type { MailWork, MailWorkResult } from "./workers/mail-work.ts";

/** The mails to go through, and what is done with the result of each, in their order. */
export interface MailRun<Work extends MailWork> {
  readonly paths: readonly string[];
  readonly all: boolean;
  readonly workers: number;
  readonly work: Work;
  /** Gives `false` when standard output takes nothing more; then the run ends. */
  readonly handle: (result: MailWorkResult[Work["kind"]]) => Promise<boolean>;
}

export interface RunEnd {
  readonly ending: Ending;
  readonly seconds: number;
}

/**
 * Goes through stored mails, one result after the other. What cannot be read is told on standard error and counted; the
 * rest goes on. After Ctrl-C no new mail is taken, and those that are being read are finished.
 */
export async function runMails<Work extends MailWork>(
  run: MailRun<Work>,
  tally: Tally,
  console: Console,
): Promise<RunEnd> {
  const interrupt = listenForInterrupt(process, () =>
    console.say("mailroom: stopping after the mails that are being read; Ctrl-C again ends at once"),
  );
  const runner = await createMailRunner(run.work, run.workers);
  const status = createStatusLine(run.paths, tally, console);
  const seen = { tally, console, status };
  const mails = onlyMails(listMails(run.paths, { all: run.all, signal: interrupt.signal }), seen);
  const started = performance.now();
  try {
    const read = inOrder(mails, runner.limit, async (mail) => ({ mail, done: await runner.run(mail) }));
    const wanted = await handOn(read, run.handle, seen);
    const ending = wanted ? (interrupt.signal.aborted ? "interrupted" : "finished") : "closed";
    return { ending, seconds: (performance.now() - started) / 1000 };
  } finally {
    status.close();
    interrupt.close();
    await runner.close();
  }
}

/** What is told and counted while the run goes on. */
interface Seen {
  readonly tally: Tally;
  readonly console: Console;
  readonly status: StatusLine;
}

async function* onlyMails(listed: AsyncIterable<Listed>, seen: Seen): AsyncGenerator<StoredMail> {
  const { tally, status } = seen;
  for await (const item of listed) {
    if (item.kind === "mail") yield item.mail;
    else if (item.kind === "unreadable") fail(seen, item.source, item.reason);
    else {
      add(tally.skipped, item.why);
      tally.bytes += item.bytes;
      status.show();
    }
  }
}

/** Hands on what could be read, until it is all or `handle` wants no more; then it gives `false`. */
async function handOn<Result>(
  read: AsyncIterable<{ readonly mail: StoredMail; readonly done: Attempt<Result> }>,
  handle: (result: Result) => Promise<boolean>,
  seen: Seen,
): Promise<boolean> {
  const { tally, status } = seen;
  for await (const { mail, done } of read) {
    tally.bytes += knownBytes(mail);
    if (done.ok) {
      tally.mails += 1;
      if (!(await handle(done.result))) return false;
    } else fail(seen, mail.source, done.reason, done.stack);
    status.show();
  }
  return true;
}

function fail({ tally, console }: Seen, source: string, reason: string, stack?: string): void {
  tally.failures += 1;
  console.say(`mailroom: cannot read ${source === "" ? '""' : source}: ${reason}`);
  console.trace(stack);
}
