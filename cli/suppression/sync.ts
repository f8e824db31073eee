import type { AccountEntry, AccountSuppressionList } from "../../shared/ports.ts";
import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import { createChangeSuppression } from "../../shared/suppression/change-suppression.ts";
import { planFromSes, planToSes, type SyncSource, type SyncStep } from "../../shared/suppression/plan-sync.ts";
import type { Suppression } from "../../shared/suppression/suppression.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { EXIT } from "../exit-status.ts";
import { loadPolicy } from "../load-policy.ts";
import type { Console } from "../output/console.ts";
import { plural } from "../output/count.ts";
import { jsonLine, printable } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { SILENT_LOG } from "../silent-log.ts";
import { UsageError } from "../usage-error.ts";
import { type OpenedTable, openTable, type TableOptions } from "./open-table.ts";
import { currentUser } from "./who.ts";

export interface SyncOptions extends TableOptions {
  readonly from?: "ses";
  readonly to?: "ses";
  readonly region?: string;
  readonly apply?: true;
  readonly json?: true;
  readonly includeManual?: true;
  readonly prune?: true;
  readonly policy?: string;
}

/** Compares the table with SES's account suppression list, tells what to do, and does it with `apply`. */
export async function sync(options: SyncOptions, console: Console): Promise<number> {
  if ((options.from === undefined) === (options.to === undefined))
    throw new UsageError("expected either --from ses (this table takes over SES's list) or --to ses (the other way)");
  const { list, close: closeSes } = await openAccountList(options.region);
  const opened = await openTable(options, options.to !== undefined || !options.apply);
  try {
    const source = await readBoth(opened, list);
    const plan =
      options.from === "ses"
        ? planFromSes(source)
        : planToSes(source, { includeManual: options.includeManual ?? false, prune: options.prune ?? false });
    const failures = await follow(plan, options, effectsOf(opened, list, options), console);
    console.say(closingLine(plan.length, failures, options));
    return failures > 0 ? EXIT.failed : EXIT.done;
  } finally {
    opened.close();
    closeSes();
  }
}

async function openAccountList(region: string | undefined) {
  const { SESv2Client } = await import("@aws-sdk/client-sesv2");
  const { sesSuppressionList } = await import("../../shared/aws/ses-suppression-list.ts");
  // SES allows few such calls a second: the SDK slows itself down.
  const client = new SESv2Client({ retryMode: "adaptive", maxAttempts: 8, ...(region !== undefined && { region }) });
  return { list: sesSuppressionList(client), close: () => client.destroy() };
}

async function readBoth({ table }: OpenedTable, list: AccountSuppressionList): Promise<SyncSource> {
  const theirs: AccountEntry[] = [];
  for await (const entry of list.list()) theirs.push(entry);
  const ours = new Map<string, Suppression>();
  for await (const state of table.list()) ours.set(state.address, state);
  // The list of a table has suppressed addresses only; what was lifted here is asked for.
  for (const { address } of theirs) {
    const canonical = canonicalAddress(address);
    if (canonical === undefined || ours.has(canonical)) continue;
    const state = await table.get(canonical);
    if (state !== undefined) ours.set(canonical, state);
  }
  return { ours, theirs, now: systemClock.now() };
}

type Effects = { readonly [Kind in SyncStep["do"]]: (step: Extract<SyncStep, { do: Kind }>) => Promise<unknown> };

function effectsOf({ table }: OpenedTable, list: AccountSuppressionList, options: SyncOptions): Effects {
  const { policy } = loadPolicy(options.policy);
  const changes = createChangeSuppression({ table, policy, clock: systemClock, log: SILENT_LOG });
  const who = currentUser();
  return {
    import: ({ address, reason, since, why }) =>
      changes.import({ address, reason, since, expiresAt: null, who, why: `sync: ${why}` }),
    lift: ({ address, why }) => changes.remove({ address, who, why: `sync: ${why}` }),
    put: ({ address, reason }) => list.put(address, reason),
    remove: ({ spelling }) => list.remove(spelling),
  };
}

/** @returns how many steps failed; each was told */
async function follow(
  plan: readonly SyncStep[],
  { apply, json }: SyncOptions,
  effects: Effects,
  console: Console,
): Promise<number> {
  let failures = 0;
  for (const step of plan) {
    const failure = apply ? await attempt(() => run(step, effects)) : undefined;
    if (failure !== undefined) {
      failures += 1;
      console.say(`mailroom: ${step.address}: ${reasonInWords(failure.error)}`);
    }
    const applied = (apply ?? false) && failure === undefined;
    await console.print(json ? jsonLine({ ...step, applied }) : `${stepWords(step)}\n`);
  }
  return failures;
}

/** Each kind of step has its effect. */
function run(step: SyncStep, effects: Effects): Promise<unknown> {
  switch (step.do) {
    case "import":
      return effects.import(step);
    case "lift":
      return effects.lift(step);
    case "put":
      return effects.put(step);
    case "remove":
      return effects.remove(step);
  }
}

async function attempt(work: () => Promise<unknown>): Promise<{ readonly error: unknown } | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    return { error };
  }
}

/** SES refuses accounts in the sandbox (SES fact 3.3), in words that do not say so. */
function reasonInWords(error: unknown): string {
  const isBadRequest = error instanceof Error && error.name === "BadRequestException";
  return `${reasonOf(error)}${isBadRequest ? " (SES takes no entries while the account is in the sandbox)" : ""}`;
}

const VERBS: Readonly<Record<SyncStep["do"], string>> = {
  import: "take over",
  lift: "lift here",
  put: "put on SES's list",
  remove: "take off SES's list",
};

function stepWords(step: SyncStep): string {
  const what = step.do === "remove" ? step.spelling : step.address;
  return `${VERBS[step.do].padEnd(20)} ${printable(what)} (${printable(step.why)})`;
}

function closingLine(steps: number, failures: number, { apply }: SyncOptions): string {
  if (steps === 0) return "The two lists agree.";
  if (!apply) return `${plural(steps, "step")} to do. Nothing was changed; --apply does it.`;
  return `${plural(steps - failures, "step")} done${failures > 0 ? `, ${failures} failed as said above` : ""}`;
}
