import { type Command, InvalidArgumentError, Option } from "commander";
import { parseByteSize } from "../../shared/rules/conditions/byte-size.ts";
import type { Surroundings } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import type { CostOptions } from "./cost.ts";

/** Adds `cost`. It loads what it needs when it runs. */
export function addCost(program: Command, { console, finish }: Surroundings): void {
  program
    .command("cost")
    .summary("estimate what a month of mail costs")
    .description(
      "Estimates what a deployment costs a month, part by part, and tells how sure that is. It asks nobody: the prices are those that Mailroom knows.",
    )
    .requiredOption("--mails <N>", "mails a month", wholeNumber(1, 1e12))
    .requiredOption("--size <SIZE>", "their average size: 75KB, 2MB, or bytes", sizeArgument)
    .addOption(
      new Option("--matched <SHARE>", "the share of mails that raise an alert")
        .argParser(shareArgument)
        .default(0.05, "5%"),
    )
    .option("--keep-days <N>", "how long raw mails are kept", wholeNumber(1, 36_500), 365)
    .option("--memory <MB>", "the memory of process-mail", wholeNumber(128, 10_240), 512)
    .option("--duration <MS>", "how long it runs for a mail (default: as measured)", wholeNumber(1, 900_000))
    .option("--json", "print one JSON object on standard output")
    .addHelpText("after", HELP.cost)
    .action(async (options: CostOptions) => {
      const { cost } = await import("./cost.ts");
      finish(await cost(options, console));
    });
}

function wholeNumber(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    const range = `${least} to ${most}`;
    throw new InvalidArgumentError(`Expected a whole number from ${range}, written without commas.`);
  };
}

/** The largest mail that SES takes (SES fact 1.3). */
const MAX_SIZE = 40 * 1024 * 1024;

function sizeArgument(value: string): number {
  const size = parseByteSize(value);
  if (size !== undefined && size >= 1 && size <= MAX_SIZE) return size;
  throw new InvalidArgumentError("Expected a size such as 75KB, 2MB or 512, up to SES's 40MB.");
}

function shareArgument(value: string): number {
  const [, percent] = /^(\d{1,3}(?:\.\d{1,9})?)%$/.exec(value) ?? [];
  if (percent !== undefined && Number(percent) <= 100) return Number(percent) / 100;
  throw new InvalidArgumentError("Expected a share from 0% to 100%, such as 5%.");
}
