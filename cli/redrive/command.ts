import { type Command, InvalidArgumentError, Option } from "commander";
import { HELP } from "../help.ts";
import type { Console } from "../output/console.ts";
import { QUEUES } from "./queues.ts";
import type { RedriveOptions } from "./redrive.ts";

/** What the commands need of the program that they are added to. */
interface Surroundings {
  readonly console: Console;
  readonly finish: (status: number) => void;
}

/** Adds `redrive`. It loads what it needs when it runs. */
export function addRedrive(program: Command, { console, finish }: Surroundings): void {
  program
    .command("redrive")
    .summary("explain what a deployment could not handle, and have it tried again")
    .description(
      "Looks into the dead-letter queues of a deployment and tells of each message what it is and why it failed, as far as that is known.\nIt is a dry run: all stays in its queue, unless you say --apply. Only SQS's count of how often a message was received rises with each look.",
    )
    .requiredOption("--stage <NAME>", "which deployment")
    .option("--region <REGION>", "the AWS region (default: that of your environment)")
    .addOption(new Option("--queue <QUEUE>", "only this one (default: all)").choices(QUEUES))
    .option("--limit <N>", "look at no more messages than these", countArgument)
    .option("--apply", "have each handled again: sent back to where it came from, then deleted here")
    .option("--json", "print one JSON object a message on standard output")
    .addHelpText("after", HELP.redrive)
    .action(async (options: RedriveOptions) => {
      const { redrive } = await import("./redrive.ts");
      finish(await redrive(options, console));
    });
}

function countArgument(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
