import { usd } from "../../cli/cost/caveats.ts";
import { count } from "../../cli/output/count.ts";
import { jsonLine } from "../../cli/output/printable.ts";
import { coldStartOf, IDLE_SECONDS, PATIENCE } from "./assumptions.ts";
import type { Findings, LimitUse } from "./findings.ts";
import { MEAN_SIZE, meanDuration } from "./mail-sizes.ts";
import type { Summary } from "./meters.ts";
import type { Outcome } from "./outcome.ts";

/** One JSON object: times in seconds, sizes in bytes, USD. */
export function jsonOf({ options, ...found }: Findings): string {
  const { memory, matched, coldStart = coldStartOf(memory) } = options;
  const assumed = {
    meanSize: Math.round(MEAN_SIZE),
    meanDuration: meanDuration(memory, matched),
    coldStart: coldStart / 1000,
    idle: IDLE_SECONDS,
    patience: PATIENCE,
  };
  return jsonLine({ options, assumed, ...found });
}

/** The same for a person. */
export function linesOf(found: Findings): string {
  return [
    ...askedLines(found),
    "",
    ...mailLines(found.outcome),
    "",
    ...timeLines(found.outcome),
    "",
    ...limitLines(found.limits),
    "",
    ...costLines(found),
    "",
    ...assumedLines(found),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function askedLines({ options, outcome }: Findings): string[] {
  const { mailsPerDay, matched, memory, burst, burstSeconds, seed, peak } = options;
  const burstWords = burst > 1 ? `, with a burst of ${burst} times as much for ${burstSeconds} s in the middle` : "";
  return [
    `${count(mailsPerDay)} mails a day, ${percent(matched)} of which raise an alert, at ${memory} MB; seed ${seed}`,
    `Simulated: ${duration(outcome.span)} around the busiest moment of the day, which has ${peak} times the mean${burstWords}`,
  ];
}

function mailLines(outcome: Outcome): string[] {
  const { arrived, done, running, waiting, givenUp, throttled, failed, coldStarts, runs } = outcome;
  return [
    `Mails        ${count(arrived)} arrived: ${count(done)} done; at the end ${count(running)} running, ${count(waiting)} waiting; ${count(givenUp)} given up`,
    `Throttled    ${count(throttled)} (${percent(throttled / Math.max(1, arrived))})`,
    `Runs         ${count(runs)}: ${count(failed)} failed, ${count(coldStarts)} cold starts (${percent(coldStarts / Math.max(1, runs))})`,
    `Concurrency  ${outcome.concurrency.mean.toFixed(1)} on average, for 99 % of the time at most ${count(outcome.concurrency.p99)}, at the peak ${count(outcome.concurrency.peak)}`,
  ];
}

function timeLines({ wait, alertLatency }: Outcome): string[] {
  const row = (name: string, { p50, p95, p99, max }: Summary): string =>
    `${name.padEnd(32)}${[p50, p95, p99, max].map((value) => value.toFixed(3).padStart(10)).join("")}`;
  return [
    `${"Seconds".padEnd(32)}${["50 %", "95 %", "99 %", "longest"].map((head) => head.padStart(10)).join("")}`,
    row("from Lambda's call to the run", wait),
    row("from Lambda's call to the alert", alertLatency),
  ];
}

function limitLines(limits: readonly LimitUse[]): string[] {
  const row = (cells: readonly string[]): string => {
    const [name = "", peak = "", limit = "", share = "", met = "", sure = ""] = cells;
    return `${name.padEnd(44)}${peak.padStart(9)}${limit.padStart(9)}${share.padStart(9)}${met.padStart(11)}  ${sure}`.trimEnd();
  };
  return [
    row(["Limit", "peak", "limit", "used", "first met", "how sure the limit is"]),
    ...limits.map(({ name, unit, peak, limit, share, metAt, sure, fact }) => {
      const known = sure === "given" ? "as given" : `${sure} (SES fact ${fact})`;
      const met = metAt === null ? "" : `${metAt.toFixed(0)} s`;
      return row([`${name}: ${unit}`, count(Math.ceil(peak)), count(limit), percent(share), met, known]);
    }),
    firstMet(limits),
  ];
}

function firstMet([first]: readonly LimitUse[]): string {
  if (first === undefined) return "";
  const { name, share, metAt } = first;
  if (metAt !== null) return `Met first: ${name}, ${metAt.toFixed(0)} s after the beginning.`;
  if (share >= 1) return `Met first: ${name}. Nothing is held back for it here.`;
  return `No limit is met. The nearest is ${name}: ${(1 / share).toFixed(1)} times as much would meet it.`;
}

function costLines({ cost, options }: Findings): string[] {
  const parts = Object.entries(cost.byService).map(([name, amount]) => `${name} ${usd(amount)}`);
  return [
    `Cost         ${usd(cost.usd)} USD a day (at worst ${usd(cost.worst)}) with mails kept for ${options.keepDays} days: ${parts.join(", ")}`,
  ];
}

function assumedLines({ options }: Findings): string[] {
  const { memory, matched, coldStart = coldStartOf(memory) } = options;
  return [
    `Assumed: mails of ${(MEAN_SIZE / 1000).toFixed(0)} KB on average, a run of ${(1000 * meanDuration(memory, matched)).toFixed(0)} ms on average, a cold start of ${coldStart} ms, environments that are idle`,
    `kept for ${IDLE_SECONDS} s. What SES itself takes before it calls Lambda is not known, and not in these times. A mail that still waits counts with what it has waited.`,
  ];
}

function percent(share: number): string {
  const digits = share >= 0.1 ? 0 : share >= 0.01 ? 1 : 3;
  return `${Number((100 * share).toFixed(digits))} %`;
}

function duration(seconds: number): string {
  return seconds >= 7_200 ? `${(seconds / 3600).toFixed(1)} hours` : `${(seconds / 60).toFixed(1)} minutes`;
}
