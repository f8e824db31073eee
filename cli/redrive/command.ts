import { type Command, InvalidArgumentError, Option } from "commander";
import { type Surroundings, withDeployment } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import { QUEUES } from "./queues.ts";
import type { RedriveOptions } from "./redrive.ts";

/** Adds `redrive`. It loads what it needs when it runs. */
export function addRedrive(program: Command, { console, finish }: Surroundings): void {
  withDeployment(program.command("redrive"))
    .summary("explain what a deployment could not handle, and have it tried again")
    .description(
      "Looks into the dead-letter queues of a deployment and tells of each message what it is and why it failed, as far as that is known.\nIt is a dry run: all stays in its queue, unless you say --apply. Only SQS's count of how often a message was received rises with each look.",
    )
    .addOption(new Option("--queue <QUEUE>", "only this one (default: all)").choices(QUEUES))
    .option("--limit <N>", "look at no more messages than these", countArgument)
    .option("--apply", "have each handled again: sent back to where it came from, then deleted here")
    .option("--json", "print one JSON object a message on standard output")
    .addOption(
      new Option("--expect-empty", "only tell whether any queue holds anything; status 1 when one does").conflicts([
        "apply",
        "queue",
        "limit",
        "json",
      ]),
    )
    .addHelpText("after", HELP.redrive)
    .action(async (options: RedriveOptions & { readonly expectEmpty?: true }) => {
      if (options.expectEmpty) {
        const { expectEmpty } = await import("./expect-empty.ts");
        return finish(await expectEmpty(options, console));
      }
      const { redrive } = await import("./redrive.ts");
      finish(await redrive(options, console));
    });
}

function countArgument(value: string): number {
  const limit = Number(value);
  if (Number.isInteger(limit) && limit >= 1) return limit;
  throw new InvalidArgumentError("Expected a whole number from 1.");
}
