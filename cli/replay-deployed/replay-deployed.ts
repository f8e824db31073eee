import type { Replayed } from "../../shared/inbound/replay-mail.ts";
import type { Environment } from "../../shared/lambda/environment.ts";
import { type DeploymentOptions, readDeployment, stackOfStage } from "../deployment/read-deployment.ts";
import { type Ending, exitStatus } from "../exit-status.ts";
import { listenForInterrupt } from "../interrupt.ts";
import type { Console } from "../output/console.ts";
import {
  addReplayed,
  applyingLine,
  closingLines,
  createDeployedTally,
  type DeployedTally,
} from "../output/deployed-summary.ts";
import { matchBlock } from "../output/match-block.ts";
import { jsonLine } from "../output/printable.ts";
import { reasonOf } from "../reason.ts";
import { createStatusLine } from "../status-line.ts";
import { readVerpKey } from "../verp-key.ts";
import { openDesk } from "./desk.ts";
import { effectsOf } from "./effects.ts";
import { type DeployedMail, findMails, type Range } from "./find-mails.ts";
import { pathsOf, placeOf, placeWords } from "./place.ts";
import { createLooks, type Outcome, replayMails } from "./run.ts";
import { rulesOfStage, suppressionFileOfStage } from "./stage-files.ts";

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
  const verpKey = readVerpKey(env);
  const { policy, trust } = suppressionFileOfStage(options.policy, options.stage);
  const deployment = await readDeployment(options);
  const place = placeOf(paths, deployment);
  const { rules, words } = await rulesOfStage(options.rules, deployment);
  const plan = { deployment, rules, trust: { ...trust, verpKey } };
  const { apply = false, workers } = options;
  const stack = stackOfStage(options.stage);
  using desk = openDesk(plan);
  for (const line of [placeWords(place, options), words]) console.say(line);
  if (apply) console.say(applyingLine(stack, Object.keys(deployment.AlertTopics), deployment.MailTable));

  const tally = createDeployedTally();
  const telling: Telling = { tally, console, apply, json: options.json ?? false };
  const interrupt = listenForInterrupt(process, () =>
    console.say("mailroom: stopping after the mails that are being worked on; Ctrl-C again ends at once"),
  );
  const closed = new AbortController();
  const signal = AbortSignal.any([interrupt.signal, closed.signal]);
  const looks = await createLooks(plan, workers, desk);
  const status = createStatusLine(pathsOf(place), tally, console);
  const started = performance.now();
  try {
    const items = findMails(place, options, desk, signal);
    for await (const item of replayMails(items, looks, apply ? effectsOf(deployment, desk, policy) : undefined, signal)) {
      // What is being acted on is finished and counted, whoever reads of it.
      if (!(await tell(item, telling))) closed.abort();
      status.show();
    }
  } finally {
    status.close();
    interrupt.close();
    await looks.close();
  }
  const ending: Ending = interrupt.signal.aborted ? "interrupted" : closed.signal.aborted ? "closed" : "finished";
  const seconds = (performance.now() - started) / 1000;
  for (const line of closingLines(tally, { ending, seconds, apply, stack, hasVerpKey: verpKey !== undefined }))
    console.say(line);
  return exitStatus(ending, tally);
}

/** What is told while the run goes on. */
interface Telling {
  readonly tally: DeployedTally;
  readonly console: Console;
  readonly apply: boolean;
  readonly json: boolean;
}

type Item = Outcome | Exclude<Awaited<ReturnType<ReturnType<typeof findMails>["next"]>>["value"], void>;
