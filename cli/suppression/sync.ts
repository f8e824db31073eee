import { mapAtOnce } from "../../shared/at-once.ts";
import { readAccountList } from "../../shared/suppression/account-list.ts";
import { planFromSes, planToSes, type SyncStep } from "../../shared/suppression/plan-sync.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { type Ending, EXIT } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { jsonLine } from "../output/printable.ts";
import { printedStep, type StepStatus, type SyncTally, stepLine, syncSummary } from "../output/sync-output.ts";
import { reasonOf } from "../reason.ts";
import { UsageError } from "../usage-error.ts";
import { type ChangeOptions, policyOf } from "./change.ts";
import { openAccountList } from "./open-account-list.ts";
import { openTable, openTableToRead } from "./open-table.ts";
import { createSyncEffects, type SyncEffects } from "./sync-effects.ts";
import { planSync } from "./sync-plan.ts";

export interface SyncOptions extends ChangeOptions {
  readonly from?: "ses";
  readonly to?: "ses";
  readonly apply?: true;
  readonly prune?: true;
  readonly includeManual?: true;
  readonly includeExpiring?: true;
  /** Why, in the words of who does it. */
  readonly reason?: string;
}

/** Steps that are taken together: the writings of a state file, or calls of SES, which allows few at a time. */
const GROUP = { table: 1_000, ses: 4 };

/** Compares the table with SES's account suppression list, tells what to do, and does it with `apply`. */
export async function sync(options: SyncOptions, console: Console): Promise<number> {
  const direction = directionOf(options);
  const policy = policyOf(options);
  const changesTable = direction === "from" && options.apply === true;
  using open = changesTable ? await openTable(options) : await openTableToRead(options, console);
  using account = await openAccountList(options.region);
  const choices = choicesOf(options);
  const plan = await planSync(
    open,
    await readAccountList(account.list.list()),
    (known, listed) => (direction === "from" ? planFromSes : planToSes)(known, listed, choices),
    systemClock.now(),
  );
  const tally: SyncTally = { ...plan, planned: 0, done: 0, left: 0, failed: 0 };
  const effects = options.apply && createSyncEffects(open, account.list, policy, options);
  const ending = await follow(plan.steps, {
    ...options,
    console,
    tally,
    effects,
    size: GROUP[changesTable ? "table" : "ses"],
  });
  for (const line of syncSummary(tally, ending, options)) console.say(line);
  if (ending === "interrupted") return EXIT.interrupted;
  return tally.failed > 0 ? EXIT.failed : EXIT.done;
}

function directionOf({ from, to }: SyncOptions): "from" | "to" {
  if (from === undefined && to === undefined)
    throw new UsageError("expected --from ses (the table is changed) or --to ses (SES's list is changed)");
  return from === undefined ? "to" : "from";
}

function choicesOf({ prune, includeManual, includeExpiring }: SyncOptions) {
  return {
    prune: prune ?? false,
    includeManual: includeManual ?? false,
    includeExpiring: includeExpiring ?? false,
  };
}

interface Run extends Pick<SyncOptions, "json"> {
  readonly console: Console;
  readonly tally: SyncTally;
  readonly effects: SyncEffects | undefined;
  readonly size: number;
}

/** Takes the steps in groups, and tells each in its order. One that fails is told, the others are taken all the same. */
async function follow(steps: readonly SyncStep[], run: Run): Promise<Ending> {
  const { console, tally, effects, size, json } = run;
  const interrupt = listenForInterrupt(process, () => console.say("mailroom: stopping; Ctrl-C again ends at once"));
  try {
    for (let at = 0; at < steps.length; at += size) {
      if (interrupt.signal.aborted) return "interrupted";
      const group = steps.slice(at, at + size);
      const statuses = await (effects?.together ?? inOrder)(() =>
        mapAtOnce(group, effects?.atOnce ?? 1, (step) => take(step, run)),
      );
      for (const [index, step] of group.entries()) {
        const status = statuses[index] ?? "planned";
        tally[status] += 1;
        if (!(await console.print(json ? jsonLine(printedStep(step, status)) : stepLine(step, status))) && !effects)
          return "closed";
      }
    }
    return "finished";
  } finally {
    interrupt.close();
  }
}

function inOrder<Result>(work: () => Promise<Result>): Promise<Result> {
  return work();
}

async function take(step: SyncStep, { effects, console }: Run): Promise<StepStatus> {
  if (step.do === "leave") return "left";
  if (!effects) return "planned";
  try {
    const why = await effects.take(step);
    if (why === undefined) return "done";
    console.say(`mailroom: ${step.address}: ${why}`);
    return "left";
  } catch (error) {
    console.say(`mailroom: ${step.address}: ${reasonOf(error)}`);
    return "failed";
  }
}
