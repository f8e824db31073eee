import type { ActPorts } from "../shared/inbound/act.ts";
import type { Evaluation } from "../shared/inbound/decide.ts";
import { compileRules } from "../shared/rules/compile-rules.ts";
import { readRules } from "../shared/rules/read-rules.ts";
import { type Applied, applyEffects, openLocalEffects } from "./apply-effects.ts";
import { loadRules } from "./load-rules.ts";
import type { Console } from "./output/console.ts";
import { matchBlock } from "./output/match-block.ts";
import { jsonLine } from "./output/printable.ts";
import { summaryLines } from "./output/summary.ts";
import { addRecord, createTally } from "./output/tally.ts";
import { exitStatus, type RunEnd, runMails } from "./run-mails.ts";

export interface ReplayOptions {
  readonly rules?: string;
  readonly json?: true;
  readonly apply?: true;
  readonly state: string;
  readonly workers: number;
  readonly all?: true;
  readonly trustHeaders?: true;
}

/**
 * Runs stored mails through the inbound use case: evaluated here or in workers, acted on (with `apply`) in this thread, one
 * after the other.
 *
 * @returns the exit status
 */
export async function replay(paths: readonly string[], options: ReplayOptions, console: Console): Promise<number> {
  const rules = loadRules(options.rules);
  // Checked before anything is read, whoever will use them.
  compileRules(readRules(rules.yaml, rules.file));
  const effects = options.apply ? openLocalEffects(options.state, console.say) : undefined;
  const tally = createTally();

  async function handle(evaluation: Evaluation): Promise<boolean> {
    const { record, failure } = await carryOut(evaluation, effects);
    if (failure !== undefined) {
      tally.failures += 1;
      console.say(`mailroom: not everything was done for ${record.source}: ${failure}`);
    }
    addRecord(tally, record);
    if (options.json) return console.print(jsonLine(record));
    if (record.actions.length === 0) return true;
    return console.print(matchBlock({ record, alerts: evaluation.alerts }, options.apply ?? false, console.outColours));
  }

  try {
    const work = { kind: "replay", rules, trustHeaders: options.trustHeaders ?? false } as const;
    const end = await runMails(
      { paths, all: options.all ?? false, workers: options.workers, work, handle },
      tally,
      console,
    );
    for (const line of closingLines(end, summaryLines(tally, end.seconds), options)) console.say(line);
    return exitStatus(end, tally, console);
  } finally {
    effects?.close();
  }
}

async function carryOut(evaluation: Evaluation, effects: ActPorts | undefined): Promise<Applied> {
  return effects === undefined ? { record: evaluation.record } : applyEffects(evaluation, effects);
}

function closingLines({ ending }: RunEnd, summary: readonly string[], { apply, state }: ReplayOptions): string[] {
  // Whoever closed the pipe has seen enough; but effects that did not happen are told.
  if (ending === "closed")
    return apply ? ["mailroom: stopped: nobody reads the output; the mails after it were not acted on"] : [];
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest of the mails was not read."] : []),
    ...summary,
    apply
      ? `Applied: alerts were printed, records are kept in ${state}.`
      : "Dry run: no alert was published, no record was kept. --apply does both, on this machine.",
  ];
}
