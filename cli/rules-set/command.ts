import { type Command, InvalidArgumentError, Option } from "commander";
import { type Surroundings, withDeployment } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import type { ActivateOptions, MergeOptions, RestoreOptions } from "./changes.ts";
import { readPosition } from "./merge-position.ts";
import type { StatusOptions } from "./status.ts";

/** Adds `rules-set` with its commands. Each loads what it needs when it runs. */
export function addRulesSet(program: Command, { console, finish }: Surroundings): void {
  const rulesSet = program
    .command("rules-set")
    .summary("have SES give its mail to a deployment, and take it back")
    .description(
      "Looks at and changes which receipt rule set SES goes by. One is active in an account and region, and a deployment does not activate its own.",
    )
    .helpCommand(false);

  const add = (name: string, summary: string) =>
    withDeployment(rulesSet.command(name)).summary(summary).addHelpText("after", HELP.rulesSet);

  add("status", "show which set is active, and what to run so that mail comes")
    .description(
      "Shows which receipt rule set is active, whether our rule is in it, and what to run so that mail comes.",
    )
    .option("--json", "print one JSON object on standard output")
    .action(async (options: StatusOptions) => {
      const { status } = await import("./status.ts");
      finish(await status(options, console));
    });

  changing(add("activate", "make the set of the deployment the active one"))
    .description(
      "Makes the receipt rule set of the deployment the active one. Where another one is active, its rules would stop: that is refused, unless you say --switch.",
    )
    .option("--switch", "in the place of another set")
    .action(async (options: ActivateOptions) => {
      const { activate } = await import("./changes.ts");
      finish(await activate(options, console));
    });

  changing(add("merge", "put our rule into the active set of somebody else"))
    .description(
      "Puts a copy of our rule into the active receipt rule set, whose rules go on. Run it again after a deployment that changed the rule: it brings the copy up to date.",
    )
    .addOption(positionOption())
    .action(async (options: MergeOptions) => {
      const { merge } = await import("./changes.ts");
      finish(await merge(options, console));
    });

  changing(add("restore", "put back what was before activate or merge"))
    .description(
      "Puts back what was before: our rule is taken out of other sets, and the set that was active before ours is made active again. If there was none, SES receives no mail any more.",
    )
    .action(async (options: RestoreOptions) => {
      const { restore } = await import("./changes.ts");
      finish(await restore(options, console));
    });
}

function changing(command: Command): Command {
  return command
    .option("--apply", "make the change")
    .option("--json", "print one JSON object a step on standard output");
}

function positionOption(): Option {
  return new Option(
    "--position <PLACE>",
    "first, last, or after:RULE (default: last; a copy that is there stays where it is)",
  ).argParser((written) => {
    const position = readPosition(written);
    if (position !== undefined) return position;
    throw new InvalidArgumentError("Expected first, last, or after:RULE.");
  });
}
