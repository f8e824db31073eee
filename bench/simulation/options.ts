import { Command, InvalidArgumentError, Option } from "commander";
import { LIMITS } from "./assumptions.ts";

/** What `npm run simulate` is called with. */
export interface SimulateOptions {
  readonly mailsPerDay: number;
  readonly matched: number;
  readonly memory: number;
  readonly keepDays: number;
  readonly peak: number;
  readonly burst: number;
  readonly burstSeconds: number;
  readonly hours?: number;
  readonly concurrency: number;
  readonly scaleUp: number;
  readonly coldStart?: number;
  readonly waiting: "retry" | "queue";
  readonly publishRate: number;
  readonly tableWrites: number;
  readonly partitionWrites: number;
  readonly maxAge: number;
  readonly seed: number;
  readonly json?: true;
}

/** The command line. Who calls `parse` on it says what becomes of a mistake. */
export function simulateCommand(): Command {
  const command = new Command("simulate").description(
    "Simulates the busiest part of a day of mail: what Lambda, SNS and DynamoDB let through, how long mails wait, which limit is met first.",
  );
  return command
    .addOption(number("--mails-per-day <N>", "mails of the day", { most: 1e9 }).default(1_000_000))
    .addOption(percent("--matched <SHARE>", "the share of mails that raise an alert").default(0.05, "5%"))
    .addOption(number("--memory <MB>", "the memory of process-mail", { least: 128, most: 10_240 }).default(512))
    .addOption(number("--keep-days <N>", "how long raw mails are kept; for the cost", { most: 36_500 }).default(365))
    .addOption(factor("--peak <X>", "the day's busiest moment, in times the mean: 1 to 2", 2).default(2))
    .addOption(factor("--burst <X>", "how many times as much comes in a burst on top of that", 1_000).default(1))
    .addOption(number("--burst-seconds <S>", "how long the burst lasts", { most: 3_600 }).default(60))
    .addOption(
      factor(
        "--hours <H>",
        "how much of the day is simulated (default: the day, or two million mails of its top)",
        24,
        0,
      ),
    )
    .addOption(number("--concurrency <N>", "runs at once", { most: 1e6 }).default(LIMITS.concurrency.value))
    .addOption(number("--scale-up <N>", "new environments in 10 s", { most: 1e6 }).default(LIMITS.scaleUp.value))
    .addOption(number("--cold-start <MS>", "of an environment (default: as measured)", { least: 0, most: 600_000 }))
    .addOption(
      new Option("--waiting <HOW>", "throttled mails come again after 1 s, 2 s, … 300 s, or stand in line")
        .choices(["retry", "queue"])
        .default("retry"),
    )
    .addOption(
      number("--publish-rate <N>", "what SNS takes in a second", { most: 1e6 }).default(LIMITS.publishRate.value),
    )
    .addOption(
      number("--table-writes <N>", "write units that the mail log takes in a second; 4000: a new table", {
        most: 1e7,
      }).default(LIMITS.tableWrites.value),
    )
    .addOption(
      number("--partition-writes <N>", "the same of a partition", { most: 1e6 }).default(LIMITS.partitionWrites.value),
    )
    .addOption(
      number("--max-age <S>", "seconds after which Lambda gives an event up", { least: 60, most: 21_600 }).default(
        21_600,
      ),
    )
    .addOption(number("--seed <N>", "where chance begins", { least: 0, most: 2 ** 31 - 1 }).default(1))
    .option("--json", "print one JSON object on standard output");
}

function number(flags: string, description: string, { least = 1, most }: { least?: number; most: number }): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}, written without commas.`);
  });
}

function factor(flags: string, description: string, most: number, least = 1): Option {
  return new Option(flags, description).argParser((text) => {
    const value = Number(text);
    if (/^\d+(?:\.\d+)?$/.test(text) && value >= least && value > 0 && value <= most) return value;
    throw new InvalidArgumentError(`Expected a number ${least === 0 ? "above 0" : `from ${least}`} to ${most}.`);
  });
}

function percent(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    const [, value] = /^(\d{1,3}(?:\.\d{1,9})?)%$/.exec(text) ?? [];
    if (value !== undefined && Number(value) <= 100) return Number(value) / 100;
    throw new InvalidArgumentError("Expected a share from 0% to 100%, such as 5%.");
  });
}
