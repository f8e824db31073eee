import { Argument, type Command, Option } from "commander";
import type { StateSurroundings } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import { policyOption } from "../policy-option.ts";
import { formatOption, whoOption, whyOption, withTable } from "./command-options.ts";
import type { ExportOptions } from "./export.ts";
import type { ImportOptions } from "./import.ts";
import type { SyncOptions } from "./sync.ts";

export function addImport(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("import")
    .summary("take over suppressed addresses from a file")
    .description(
      "Takes over suppressed addresses from a file. It is no dry run: what is read is written. The same file again changes nothing.",
    )
    .argument("<FILE>", "the file; - for standard input")
    .addOption(formatOption())
    .addOption(
      new Option("--on-error <CHOICE>", "what a bad line does, after it is told: it is skipped, or it stops the import")
        .choices(["skip", "stop"])
        .default("skip"),
    )
    .addOption(whyOption("why, for the evidence (default: from which file)"))
    .addOption(whoOption())
    .option("--json", "print bad lines and the sum as JSON objects on standard output");
  withTable(command, state)
    .addOption(policyOption())
    .addHelpText("after", HELP.suppressionImport)
    .action(async (file: string, options: ImportOptions) => {
      const { importList } = await import("./import.ts");
      finish(await importList(file, options, console));
    });
}

export function addExport(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("export")
    .summary("write suppressed addresses to a file")
    .description(
      "Writes suppressed addresses to a file, in the order of `list`. Imported into an empty table, they give the same file.",
    )
    .addArgument(new Argument("[FILE]", "the file; - for standard output").default("-"))
    .addOption(formatOption())
    .option("--expired", "also those whose suppression has ended");
  withTable(command, state)
    .addHelpText("after", HELP.suppressionExport)
    .action(async (file: string, options: ExportOptions) => {
      const { exportList } = await import("./export.ts");
      finish(await exportList(file, options, console));
    });
}

export function addSync(parent: Command, { console, finish, state }: StateSurroundings): void {
  const command = parent
    .command("sync")
    .summary("bring the table and SES's account suppression list together")
    .description(
      "Compares the table with SES's account suppression list, and tells what would have to change in one of them.\nIt is a dry run: nothing is changed, unless you say --apply.",
    )
    .addOption(new Option("--from <LIST>", "change the table, as SES's list says").choices(["ses"]).conflicts("to"))
    .addOption(new Option("--to <LIST>", "change SES's list, as the table says").choices(["ses"]))
    .option("--apply", "make the changes")
    .option("--prune", "also remove, from the list that is changed, what the other one does not have")
    .option("--include-manual", "with --to: also addresses that persons added")
    .option("--include-expiring", "with --to: also addresses whose suppression ends; SES's entries never end")
    .addOption(whyOption("why, for the evidence (default: what SES's list says)"))
    .addOption(whoOption())
    .option("--json", "print one JSON object a change on standard output");
  withTable(command, state)
    .addOption(policyOption())
    .addHelpText("after", HELP.suppressionSync)
    .action(async (options: SyncOptions) => {
      const { sync } = await import("./sync.ts");
      finish(await sync(options, console));
    });
}
