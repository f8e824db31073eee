import { type Command, Option } from "commander";
import { SUPPRESSION_REASONS } from "../../shared/suppression/suppression.ts";
import type { StateSurroundings } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import { policyOption } from "../policy-option.ts";
import type { AddOptions } from "./add.ts";
import { dateArgument, whoOption, whyOption, withTable } from "./command-options.ts";
import type { GetOptions } from "./get.ts";
import type { ListOptions } from "./list.ts";
import type { RemoveOptions } from "./remove.ts";

export function addGet(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("get")
    .summary("tell whether an address is suppressed, and all that is known of it")
    .description("Tells whether an address is suppressed, since when and why, with the newest evidence.")
    .argument("<ADDRESS>", "an address in any spelling")
    .option("--json", "print one JSON object on standard output");
  withTable(command, state)
    .addHelpText("after", HELP.suppressionGet)
    .action(async (address: string, options: GetOptions) => {
      const { get } = await import("./get.ts");
      finish(await get(address, options, console));
    });
}

export function addList(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("list")
    .summary("list suppressed addresses")
    .description("Lists suppressed addresses: by the weight of their reasons, then by time.")
    .addOption(new Option("--reason <REASON>", "only those suppressed for this reason").choices(SUPPRESSION_REASONS))
    .addOption(
      new Option("--since <DATE>", "only those suppressed at this time or later (UTC)").argParser(dateArgument),
    )
    .option("--expired", "also those whose suppression has ended")
    .option("--json", "print one JSON object an address on standard output");
  withTable(command, state)
    .addHelpText("after", HELP.suppressionList)
    .action(async (options: ListOptions) => {
      const { list } = await import("./list.ts");
      finish(await list(options, console));
    });
}

export function addAdd(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("add")
    .summary("suppress an address")
    .description("Suppresses an address, for the reason `manual`. Who did it and why is kept as evidence.")
    .argument("<ADDRESS>", "an address in any spelling")
    .addOption(whyOption().makeOptionMandatory())
    .addOption(whoOption())
    .option("--expires <DATE|DAYS>", "when it ends (default: as the policy says, and that is never)")
    .option("--json", "print one JSON object on standard output");
  withTable(command, state)
    .addOption(policyOption())
    .addHelpText("after", HELP.suppressionAdd)
    .action(async (address: string, options: AddOptions) => {
      const { add } = await import("./add.ts");
      finish(await add(address, options, console));
    });
}

export function addRemove(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("remove")
    .summary("lift the suppression of an address")
    .description(
      "Lifts the suppression of an address: all evidence so far is void, and the next permanent bounce suppresses at once.\nWho did it and why is kept as evidence, also when the address was not suppressed.",
    )
    .argument("<ADDRESS>", "an address in any spelling")
    .addOption(whyOption().makeOptionMandatory())
    .addOption(whoOption())
    .option("--json", "print one JSON object on standard output");
  withTable(command, state)
    .addOption(policyOption())
    .addHelpText("after", HELP.suppressionRemove)
    .action(async (address: string, options: RemoveOptions) => {
      const { remove } = await import("./remove.ts");
      finish(await remove(address, options, console));
    });
}
