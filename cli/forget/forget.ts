import { setTimeout } from "node:timers/promises";
import {
  type ForgetMailsPorts,
  type ForgettableMail,
  forgetMail,
  planForgetMails,
  type RawOutcome,
} from "../../shared/inbound/forget/forget-mails.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { type ForgetTally, forgetSummary, type MailStatus, mailLine, printedMail } from "../output/forget-output.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { readAddress } from "../suppression/address.ts";
import { policyOf } from "../suppression/change.ts";
import { createRunStatus } from "../suppression/run-status.ts";
import { forgetInTable } from "./forget-in-table.ts";
import { type OpenPlaces, openPlaces, type PlaceOptions } from "./open-places.ts";

export interface ForgetOptions extends PlaceOptions {
  /** Also mails that concern others. */
  readonly allMails?: true;
  readonly json?: true;
  /** The suppression file. */
  readonly policy?: string;
}

/** Tells what is kept of one person and, with `apply`, removes it: mails with their records first, then what suppresses the address. */
export async function forget(written: string, options: ForgetOptions, console: Console): Promise<number> {
  const address = readAddress(written);
  const policy = policyOf(options);
  using places = await openPlaces(options, console);
  const tally: ForgetTally = { planned: 0, removed: 0, left: 0, busy: 0, failed: 0, elsewhere: 0 };
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  const run = { ...options, address, places, tally, console, policy, signal: interrupt.signal, waitUntil };
  try {
    await forgetMails(run);
    if (interrupt.signal.aborted) {
      console.say("Interrupted: the rest was not removed.");
      return EXIT.interrupted;
    }
    const isDone = await forgetInTable(run);
    const isWiped = options.apply === undefined || wipe(places, console);
    for (const line of forgetSummary(tally, options)) console.say(line);
    return isDone && isWiped && tally.failed + tally.busy === 0 ? EXIT.done : EXIT.failed;
  } finally {
    interrupt.close();
  }

  async function waitUntil(time: string): Promise<void> {
    console.say(
      `mailroom: waiting until ${time}: nobody was forgotten in this table before, and programs that ask it may take a minute to notice`,
    );
    await setTimeout(Date.parse(time) - Date.now());
  }
}

interface MailRun extends Pick<ForgetOptions, "apply" | "allMails" | "json"> {
  readonly address: string;
  readonly places: OpenPlaces;
  readonly tally: ForgetTally;
  readonly console: Console;
  readonly signal: AbortSignal;
}

async function forgetMails(run: MailRun): Promise<void> {
  const { address, places, tally, console, signal, allMails = false, json } = run;
  const { mailLog, rawMails } = places;
  if (mailLog === undefined) return console.say("mailroom: without --mail-table no mails are looked for");
  const ports = { mailLog, rawMails, clock: systemClock };
  const status = createRunStatus(console, "mails of this person");
  let found = 0;
  for await (const mail of planForgetMails(address, ports, { allMails })) {
    if (signal.aborted) break;
    const outcome = await forgetOne(mail, ports, run);
    tally[outcome.status] += 1;
    if (outcome.raw === "elsewhere") tally.elsewhere += 1;
    const printed = printedMail(mail, outcome.status, outcome.raw);
    await console.print(json ? jsonLine(printed) : mailLine(printed));
    found += 1;
    status(found);
  }
  console.status();
}

/** A mail that fails is told, the others are removed all the same. */
async function forgetOne(
  mail: ForgettableMail,
  ports: ForgetMailsPorts,
  { apply, console }: MailRun,
): Promise<{ readonly status: MailStatus; readonly raw: RawOutcome | null }> {
  if (!mail.isChosen) return { status: "left", raw: null };
  try {
    if (!apply) {
      const { kind } = (await ports.rawMails?.find(mail.entry)) ?? { kind: "elsewhere" };
      return { status: "planned", raw: kind === "here" ? null : kind };
    }
    const outcome = await forgetMail(mail, ports);
    return outcome.kind === "busy" ? { status: "busy", raw: null } : { status: "removed", raw: outcome.raw };
  } catch (error) {
    console.say(`mailroom: ${mail.source ?? mail.entry.key} was not removed: ${reasonOf(error)}`);
    return { status: "failed", raw: null };
  }
}

function wipe(places: OpenPlaces, console: Console): boolean {
  try {
    places.wipe();
    return true;
  } catch (error) {
    console.say(`mailroom: what was removed may still be read from the state file: ${reasonOf(error)}`);
    return false;
  }
}
