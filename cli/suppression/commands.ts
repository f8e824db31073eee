import { Argument, type Command, InvalidArgumentError, Option } from "commander";
import { SUPPRESSION_REASONS } from "../../shared/suppression/suppression.ts";
import { HELP } from "../help.ts";
import type { Console } from "../output/console.ts";
import { policyOption } from "../policy-option.ts";
import type { AddOptions } from "./add.ts";
import type { ExportOptions } from "./export.ts";
import type { GetOptions } from "./get.ts";
import type { ImportOptions } from "./import.ts";
import type { ListOptions } from "./list.ts";
import { readDate } from "./read-date.ts";
import type { RemoveOptions } from "./remove.ts";
import type { SyncOptions } from "./sync.ts";

/** What the commands need of the program that they are added to. */
interface Surroundings {
  readonly console: Console;
  readonly finish: (status: number) => void;
  /** The default state file. */
  readonly state: string;
}

/** Adds `suppression` with its commands. Each loads what it needs when it runs. */
export function addSuppression(program: Command, surroundings: Surroundings): void {
  const suppression = program
    .command("suppression")
    .summary("look at and change which addresses are not written to")
    .description("Looks at and changes the suppression table: which addresses are not written to, and why.")
    .helpCommand(false);
  for (const addCommand of [addGet, addList, addAdd, addRemove, addImport, addExport, addSync])
    addCommand(suppression, surroundings);
}

function addGet(parent: Command, { console, finish, state }: Surroundings): void {
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

function addList(parent: Command, { console, finish, state }: Surroundings): void {
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

function addAdd(parent: Command, { console, finish, state }: Surroundings): void {
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

function addRemove(parent: Command, { console, finish, state }: Surroundings): void {
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

function addImport(parent: Command, { console, finish, state }: Surroundings): void {
  const command = parent
    .command("import")
    .summary("take over suppressed addresses from a file")
    .description(
      "Takes over suppressed addresses from a file. It is no dry run: what is read is written. The same file again changes nothing.",
    )
    .argument("<FILE>", "the file; - for standard input")
    .addOption(formatOption())
    .addOption(
      new Option("--on-error <CHOICE>", "what a bad line does: it is told, and then skipped or the end")
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

function addExport(parent: Command, { console, finish, state }: Surroundings): void {
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

function addSync(parent: Command, { console, finish, state }: Surroundings): void {
  const command = parent
    .command("sync")
    .summary("bring the table and SES's account suppression list together")
    .description(
      "Compares the table with SES's account suppression list, and tells what would have to change in one of them.\nIt is a dry run: nothing is changed, unless you say --apply.",
    )
    .addOption(new Option("--from <LIST>", "change the table, as SES's list says").choices(["ses"]).conflicts("to"))
    .addOption(new Option("--to <LIST>", "change SES's list, as the table says").choices(["ses"]))
    .option("--apply", "make the changes")
    .option("--prune", "also lift what only the list that is changed has")
    .option("--include-manual", "with --to: also addresses that persons added")
    .option("--include-expiring", "with --to: also addresses whose suppression ends; SES's does not")
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

function withTable(command: Command, state: string): Command {
  return command
    .option("--state <FILE>", "the suppression table in a file on this machine", state)
    .option("--table <NAME>", "the suppression table in DynamoDB, with the AWS credentials of your environment")
    .option("--stage <NAME>", "the table of a deployment: mailroom-NAME-suppression")
    .option("--region <REGION>", "the AWS region (default: that of your environment)");
}

function formatOption(): Option {
  return new Option(
    "--format <FORMAT>",
    "the form of the file (default: by its ending; csv where that says nothing)",
  ).choices(["csv", "ndjson"]);
}

function whyOption(description = "why, for whoever looks at the evidence"): Option {
  return new Option("--reason <TEXT>", description).argParser(textArgument);
}

function whoOption(): Option {
  return new Option("--who <NAME>", "who does it (default: your user name on this machine)").argParser(textArgument);
}

function textArgument(value: string): string {
  if (value.trim() !== "") return value;
  throw new InvalidArgumentError("Expected some words.");
}

function dateArgument(value: string): string {
  const date = readDate(value);
  if (date !== undefined) return date;
  throw new InvalidArgumentError("Expected a date such as 2026-11-24, or a time such as 2026-11-24T08:00:00Z.");
}
