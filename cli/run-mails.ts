import { listenForInterrupt } from "./interrupt.ts";
import type { Console } from "./output/console.ts";
import { add, type Tally } from "./output/tally.ts";
import { type Listed, listMails } from "./sources/list-mails.ts";
import { knownBytes, type StoredMail } from "./sources/stored-mail.ts";
import { createStatusLine } from "./status-line.ts";
import { EXIT } from "./usage-error.ts";
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
  /** `closed`: standard output takes nothing more. */
  readonly ending: "finished" | "interrupted" | "closed";
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
  const { signal } = interrupt;
  const runner = await createMailRunner(run.work, run.workers);
  const status = createStatusLine(run.paths, tally, console);
  const mails = onlyMails(listMails(run.paths, { all: run.all, signal }), tally, console, status.show);
  const started = performance.now();
  let closed = false;
  try {
    for await (const { mail, done } of inOrder(mails, runner.limit, async (mail) => ({
      mail,
      done: await runner.run(mail),
    }))) {
      tally.bytes += knownBytes(mail);
      if (!done.ok) fail(tally, console, mail.source, done.reason, done.stack);
      else {
        tally.mails += 1;
        closed = !(await run.handle(done.result));
        if (closed) break;
      }
      status.show();
    }
  } finally {
    status.close();
    interrupt.close();
    await runner.close();
  }
  const ending = closed ? "closed" : signal.aborted ? "interrupted" : "finished";
  return { ending, seconds: (performance.now() - started) / 1000 };
}

/** The exit status of a run, which scripts depend on. */
export function exitStatus({ ending }: RunEnd, tally: Tally, console: Console): number {
  const failure = console.outputFailure();
  if (failure !== undefined) console.say(`mailroom: cannot write to standard output: ${failure}`);
  if (ending === "interrupted") return EXIT.interrupted;
  return tally.failures > 0 || failure !== undefined ? EXIT.failed : EXIT.done;
}

async function* onlyMails(
  listed: AsyncIterable<Listed>,
  tally: Tally,
  console: Console,
  showStatus: () => void,
): AsyncGenerator<StoredMail> {
  for await (const item of listed) {
    if (item.kind === "mail") yield item.mail;
    else if (item.kind === "unreadable") fail(tally, console, item.source, item.reason);
    else {
      add(tally.skipped, item.why);
      tally.bytes += item.bytes;
      showStatus();
    }
  }
}

function fail(tally: Tally, console: Console, source: string, reason: string, stack?: string): void {
  tally.failures += 1;
  console.say(`mailroom: cannot read ${source === "" ? '""' : source}: ${reason}`);
  console.trace(stack);
}
