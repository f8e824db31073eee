import { Command, InvalidArgumentError, Option } from "commander";
import { hostileMails } from "../test/hostile/hostile-mails.ts";
import { type Measured, measureHostileMails } from "../test/hostile/measure-hostile.ts";

// Runs the hostile mails at their full size, 40 MB the largest, and prints what each costs and comes to. Fails when one has no
// valid record, hides its keyword, takes more than 10 s of CPU, or does not fit into 256 MB of heap.

const MAX_SECONDS = 10;

/** The exit status of a call that is not understood. */
const USAGE = 2;

const { scale } = new Command("hostile")
  .addOption(
    new Option("--scale <NUMBER>", "how much of its full size a large mail has").argParser(readScale).default(1),
  )
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .parse()
  .opts<{ scale: number }>();
const wanted = new Map(hostileMails(scale).map((mail) => [mail.name, mail.found !== undefined]));

console.log(row(["mail", "MB", "CPU s", "heap MB", "outcome", "keyword", "problems"]));
const all = await measureHostileMails(scale, (measured) => console.log(row(columns(measured))));
const failed = all.filter((measured) => wrong(measured).length > 0);
for (const measured of failed) console.log(`\n${measured.name}: ${wrong(measured).join("; ")}`);
const most = (figure: (measured: Measured) => number): string => Math.max(...all.map(figure)).toFixed(1);
console.log(
  `\n${all.length} hostile mails, ${failed.length} failed; at most ${most(({ seconds }) => seconds)} s of CPU and ${most(heap)} MB of heap, ${most(({ peakMemory }) => peakMemory / 2 ** 20)} MB of memory`,
);
process.exitCode = failed.length > 0 || all.length === 0 ? 1 : 0;

function readScale(text: string): number {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  if (number > 0 && number <= 1) return number;
  throw new InvalidArgumentError("Expected a number above 0 and up to 1, which stands for the full sizes.");
}

function wrong({ name, seconds, found, faults }: Measured): readonly string[] {
  return [
    ...faults,
    ...(seconds > MAX_SECONDS ? [`took ${seconds.toFixed(1)} s`] : []),
    ...(wanted.get(name) && !found ? ["its keyword was not found"] : []),
  ];
}

function columns(measured: Measured): readonly string[] {
  const { name, bytes, seconds, outcome, found, problems } = measured;
  const figures = [(bytes / 2 ** 20).toFixed(1), seconds.toFixed(2), heap(measured).toFixed(0)];
  return [name, ...figures, outcome, found ? "found" : "", problems.join(", ")];
}

function heap({ peakHeap }: Measured): number {
  return peakHeap / 2 ** 20;
}

function row([name = "", megabytes = "", seconds = "", heap = "", ...words]: readonly string[]): string {
  const [outcome = "", keyword = "", problems = ""] = words;
  const figures = `${megabytes.padStart(6)} ${seconds.padStart(6)} ${heap.padStart(8)}`;
  return `${name.padEnd(68)} ${figures}  ${outcome.padEnd(11)} ${keyword.padEnd(7)} ${problems}`.trimEnd();
}
