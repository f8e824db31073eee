import type { Keeping } from "./desk.ts";
import type { Hurt } from "./killed.ts";
import { killPoints, REDELIVERIES, type Trial, tryDeath, WAYS, type Way } from "./redeliver.ts";
import type { Scenario } from "./scenarios.ts";

/** The one call after which a crash publishes alerts twice: they went out, and nobody knows (docs/reliability.md). */
export const WINDOW = "alerts.publish";

/** One mail whose first run died at one point, in all the ways of being delivered again. */
export interface MatrixRow {
  readonly point: number;
  readonly killedAfter: string;
  readonly cells: readonly MatrixCell[];
}

interface MatrixCell {
  readonly way: Way;
  readonly redeliveries: number;
  readonly trial: Trial;
  /** What is wrong with it, in words; empty when nothing is. */
  readonly wrong: readonly string[];
}

/** Kills the first run of a mail after every port call in turn, or loses the answer of each. */
export async function* faultMatrix(
  scenario: Scenario,
  keeping: Keeping,
  hurt: Hurt = "kills",
): AsyncGenerator<MatrixRow> {
  const calls = await killPoints(scenario, keeping);
  for (const place of calls.keys()) {
    const cells: MatrixCell[] = [];
    for (const way of WAYS)
      for (const redeliveries of REDELIVERIES) {
        const trial = await tryDeath(scenario, keeping, { point: place + 1, hurt, redeliveries, way });
        cells.push({ way, redeliveries, trial, wrong: wrongWith(trial) });
      }
    yield { point: place + 1, killedAfter: cells[0]?.trial.killedAfter ?? "", cells };
  }
}

/** What must hold of every mail, whatever happened to it. */
export function wrongWith({ killedAfter, outcome, settled, counts, ids, strange, suppressed }: Trial): string[] {
  const most = killedAfter === WINDOW ? 2 : 1;
  return [
    ...(killedAfter === "" ? ["nothing was killed"] : []),
    ...(outcome === "processed" ? [] : [`the outcome is ${outcome}`]),
    ...(settled ? [] : ["the mail is not settled"]),
    ...(suppressed ? [] : ["the report was not recorded"]),
    ...(ids === Object.keys(counts).length ? [] : [`${ids} ids: a subscriber cannot tell a repetition`]),
    ...(strange === 0 ? [] : [`${strange} alerts that nothing called for`]),
    ...Object.entries(counts).flatMap(([rule, count]) =>
      count < 1 || count > most ? [`the alert of ${rule} was published ${count} times`] : [],
    ),
  ];
}
