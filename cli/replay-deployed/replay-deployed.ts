import type { Environment } from "../../shared/lambda/environment.ts";
import { type DeploymentOptions, readDeployment, stackOfStage } from "../deployment/read-deployment.ts";
import { exitStatus } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import { applyingLine, closingLines, createDeployedTally } from "../output/deployed-summary.ts";
import type { RunEnd } from "../run-mails.ts";
import { createStatusLine } from "../status-line.ts";
import { readVerpKey } from "../verp-key.ts";
import { type Desk, type DeskPlan, openDesk } from "./desk.ts";
import { effectsOf } from "./effects.ts";
import { findMails, type Place, type Range } from "./find-mails.ts";
import { pathsOf, placeOf, placeWords } from "./place.ts";
import { createLooks, replayMails, type SendPorts } from "./run.ts";
import { rulesOfStage, suppressionFileOfStage } from "./stage-files.ts";
import { type Telling, tell } from "./tell.ts";

export interface ReplayDeployedOptions extends DeploymentOptions, Range {
  readonly rules?: string;
  readonly json?: true;
  readonly apply?: true;
  readonly workers: number;
  /** The suppression file. */
  readonly policy?: string;
}

/**
 * Runs the mails of a deployment through the inbound use case, on what was announced of them, and tells what was missed; with `apply` that is done,
 * through the deployment's own topics and tables.
 *
 * @param paths below its mails; none: all of them
 * @returns the exit status
 */
export async function replayDeployed(
  paths: readonly string[],
  options: ReplayDeployedOptions,
  console: Console,
  env: Environment,
): Promise<number> {
  const { stage, apply = false, json = false } = options;
  const verpKey = readVerpKey(env);
  const { policy, trust } = suppressionFileOfStage(options.policy, stage);
  const deployment = await readDeployment(options);
  const place = placeOf(paths, deployment);
  const { rules, words } = await rulesOfStage(options.rules, deployment);
  const plan = { deployment, rules, trust: { ...trust, verpKey } };
  const stack = stackOfStage(stage);
  console.say(placeWords(place, options));
  console.say(words);
  if (apply) console.say(applyingLine(stack, deployment));
  const telling = { tally: createDeployedTally(), console, apply, json };
  using desk = openDesk(plan);
  const send = apply ? effectsOf(deployment, desk, policy) : undefined;
  const end = await replayAll({ ...options, place, plan, desk, send }, telling);
  for (const line of closingLines(telling.tally, end, { apply, stack, verpKey })) console.say(line);
  return exitStatus(end.ending, telling.tally);
}

interface Run extends Range {
  readonly place: Place;
  readonly plan: DeskPlan;
  readonly desk: Desk;
  readonly workers: number;
  readonly send: SendPorts | undefined;
}

/** After Ctrl-C no new mail is taken. When nobody reads the output, what is being acted on is finished and counted all the same. */
async function replayAll({ place, plan, desk, workers, send, ...range }: Run, telling: Telling): Promise<RunEnd> {
  const { tally, console } = telling;
  const interrupt = listenForInterrupt(process, () =>
    console.say("mailroom: stopping after the mails that are being worked on; Ctrl-C again ends at once"),
  );
  const closed = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, closed.signal]);
  const looks = await createLooks(plan, workers, desk);
  const status = createStatusLine(pathsOf(place), tally, console);
  const started = performance.now();
  try {
    for await (const item of replayMails(findMails(place, range, desk, signal), looks, send, signal)) {
      if (!(await tell(item, telling))) closed.abort();
      status.show();
    }
    const ending = interrupt.signal.aborted ? "interrupted" : closed.signal.aborted ? "closed" : "finished";
    return { ending, seconds: (performance.now() - started) / 1000 };
  } finally {
    status.close();
    interrupt.close();
    await looks.close();
  }
}
