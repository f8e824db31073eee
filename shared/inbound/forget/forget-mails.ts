import type { Clock, MailLog, MailStore } from "../../ports.ts";
import { isOfNoMail } from "../alert-trace.ts";
import type { MailEntry } from "../mail-entry.ts";
import { type Concern, concernOf } from "./concern.ts";

/** Where raw mails may be taken away. */
export interface RawMails {
  readonly store: MailStore;
  /** Where an entry's raw mail is, as seen from the store. */
  find(entry: MailEntry): Promise<FoundRaw>;
}

/** `gone`: it is nowhere any more. `elsewhere`: it is not in the store, or what lies there is not surely this mail. */
export type FoundRaw = { readonly kind: "here"; readonly key: string } | { readonly kind: "gone" | "elsewhere" };

export interface ForgetMailsPorts {
  readonly mailLog: MailLog;
  /** Without it raw mails stay where they are, and are only told. */
  readonly rawMails?: RawMails | undefined;
  readonly clock: Clock;
}

/** A mail that concerns the person, and what is to be done about it. */
export interface ForgettableMail extends Concern {
  readonly entry: MailEntry;
  /** Where the raw mail is, by its storage key or the path as it was given; `null` where the log does not know. */
  readonly source: string | null;
  /** Whether it is to be taken away: what also concerns others is not, unless that was asked for. */
  readonly isChosen: boolean;
}

/** What became of a raw mail. `elsewhere`: it stays where it is. */
export type RawOutcome = "removed" | "gone" | "elsewhere";

/** What became of a mail. `busy`: somebody works on it right now, and would write its record again. */
export type ForgottenMail = { readonly kind: "removed"; readonly raw: RawOutcome } | { readonly kind: "busy" };

/**
 * Every mail in the log that concerns a person, as they are found.
 *
 * @param address canonical
 * @param allMails whether mails are chosen that concern others as well
 */
export async function* planForgetMails(
  address: string,
  { mailLog }: Pick<ForgetMailsPorts, "mailLog">,
  { allMails }: { readonly allMails: boolean },
): AsyncGenerator<ForgettableMail> {
  for await (const entry of mailLog.list()) {
    if (isOfNoMail(entry)) continue;
    const concern = concernOf(entry, address);
    if (concern === undefined) continue;
    const source = entry.receipt?.storageKey ?? entry.record?.source ?? null;
    yield { ...concern, entry, source, isChosen: allMails || concern.isTheirs };
  }
}

/**
 * Takes away one mail: the raw mail first, because without its record nobody would find it again. Each step may be repeated, so that what a crash
 * left is done by the same again.
 */
export async function forgetMail({ entry }: ForgettableMail, ports: ForgetMailsPorts): Promise<ForgottenMail> {
  const { mailLog, rawMails, clock } = ports;
  const held = await mailLog.find(entry.key);
  if (held?.lease && clock.now() < held.lease.until) return { kind: "busy" };
  const found = (await rawMails?.find(entry)) ?? { kind: "elsewhere" };
  if (found.kind === "here") await rawMails?.store.remove(found.key);
  await mailLog.remove(entry.key);
  return { kind: "removed", raw: found.kind === "here" ? "removed" : found.kind };
}
