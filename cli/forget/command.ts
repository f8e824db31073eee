import { type Command, Option } from "commander";
import { regionOption, type StateSurroundings } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import { policyOption } from "../policy-option.ts";
import { tableOption } from "../suppression/command-options.ts";
import type { ForgetOptions } from "./forget.ts";

/** Adds `forget`. It loads what it needs when it runs. */
export function addForget(program: Command, { console, finish, state }: StateSurroundings): void {
  program
    .command("forget")
    .summary("remove the mails, records and suppression evidence of one person")
    .description(
      "Tells what is kept of one person: mails and their records, and what the suppression table knows.\nIt is a dry run: nothing is removed, unless you say --apply. Whoever is suppressed stays suppressed, under a hash of the address.",
    )
    .argument("<ADDRESS>", "an address in any spelling")
    .option("--apply", "remove it; there is no way back")
    .option(
      "--all-mails",
      "also mails that concern others: where the person is one of several, or is named in the text of the record",
    )
    .option(
      "--mails <PLACE>",
      "where raw mails may be removed: a folder, or s3://bucket/prefix; all others stay where they are",
    )
    .option("--state <FILE>", "records and suppression table in a file on this machine", state)
    .addOption(tableOption())
    .addOption(new Option("--mail-table <NAME>", "the mail log in DynamoDB").conflicts("state"))
    .addOption(
      new Option("--stage <NAME>", "all that a deployment keeps: both tables and the mail bucket").conflicts([
        "state",
        "table",
        "mailTable",
        "mails",
      ]),
    )
    .addOption(regionOption())
    .option("--json", "print one JSON object a mail, and one for the suppression, on standard output")
    .addOption(policyOption())
    .addHelpText("after", HELP.forget)
    .action(async (address: string, options: ForgetOptions) => {
      const { forget } = await import("./forget.ts");
      finish(await forget(address, options, console));
    });
}
