import { type Applied, applyEvaluation } from "../shared/inbound/apply-evaluation.ts";
import type { Evaluation } from "../shared/inbound/decide.ts";
import type { WorkPorts } from "../shared/inbound/work-on-mail.ts";
import type { Environment } from "../shared/lambda/environment.ts";
import { readRules } from "../shared/rules/read-rules.ts";
import { exitStatus } from "./exit-status.ts";
import { loadPolicy } from "./load-policy.ts";
import { loadRules } from "./load-rules.ts";
import { openLocalEffects } from "./local-effects.ts";
import type { Console } from "./output/console.ts";
import { matchBlock } from "./output/match-block.ts";
import { jsonLine } from "./output/printable.ts";
import { summaryLines } from "./output/summary.ts";
import { addRecord, createTally } from "./output/tally.ts";
import { reasonOf } from "./reason.ts";
import { type RunEnd, runMails } from "./run-mails.ts";
import { readVerpKey } from "./verp-key.ts";

export interface ReplayOptions {
  readonly rules?: string;
  readonly json?: true;
  readonly apply?: true;
  readonly state: string;
  readonly workers: number;
  readonly all?: true;
  readonly trustHeaders?: true;
  /** The suppression file. */
  readonly policy?: string;
}

/**
 * Runs stored mails through the inbound use case: evaluated here or in workers, acted on (with `apply`) in this thread, one
 * after the other.
 *
 * @returns the exit status
 */
export async function replay(
  paths: readonly string[],
  options: ReplayOptions,
  console: Console,
  env: Environment,
): Promise<number> {
  const { apply = false, all = false, trustHeaders = false, workers } = options;
  const { file, yaml } = loadRules(options.rules);
  const verpKey = readVerpKey(env);
  const { policy, trust } = loadPolicy(options.policy);
  const work = { kind: "replay", rules: readRules(yaml, file), trustHeaders, trust: { ...trust, verpKey } } as const;
  const effects = apply ? openLocalEffects(options.state, policy, console.say) : undefined;
  const tally = createTally();

  async function handle(evaluation: Evaluation): Promise<boolean> {
    const { record, failure } = await actIf(effects, evaluation);
    if (failure !== undefined) {
      tally.failures += 1;
      console.say(`mailroom: not everything was done for ${record.source}: ${reasonOf(failure)}`);
    }
    addRecord(tally, record);
    if (options.json) return console.print(jsonLine(record));
    if (record.actions.length === 0 && record.feedback.length === 0) return true;
    return console.print(matchBlock({ record, alerts: evaluation.alerts }, apply, console.outColours));
  }

  try {
    const end = await runMails({ paths, all, workers, work, handle }, tally, console);
    for (const line of closingLines(end, summaryLines(tally, end.seconds, apply), options)) console.say(line);
    return exitStatus(end.ending, tally);
  } finally {
    effects?.close();
  }
}

async function actIf(effects: WorkPorts | undefined, evaluation: Evaluation): Promise<Applied> {
  return effects === undefined ? { record: evaluation.record } : applyEvaluation(evaluation, effects);
}

function closingLines({ ending }: RunEnd, summary: readonly string[], { apply, state }: ReplayOptions): string[] {
  // Whoever closed the pipe has seen enough; but effects that did not happen are told.
  if (ending === "closed")
    return apply ? ["mailroom: stopped, because nobody reads the output; the mails after that were not acted on"] : [];
  return [
    ...(ending === "interrupted" ? ["Interrupted: the rest of the mails was not read."] : []),
    ...summary,
    apply
      ? `Applied: alerts were printed, records are kept in ${state}.`
      : "Dry run: nothing was published or kept. --apply prints the alerts and keeps the records, on this machine.",
  ];
}
