import { type Command, InvalidArgumentError, Option } from "commander";
import { readTimestamp } from "../../shared/receipt/timestamp.ts";
import type { Console } from "../output/console.ts";
import { policyOption } from "../policy-option.ts";
import type { ChangeOptions } from "./change.ts";
import { readReason } from "./entry.ts";
import type { ExportOptions } from "./export.ts";
import { FORMATS } from "./formats.ts";
import { SUPPRESSION_HELP } from "./help.ts";
import type { ImportOptions } from "./import.ts";
import type { ListOptions } from "./list.ts";
import type { TableOptions } from "./open-table.ts";
import type { SyncOptions } from "./sync.ts";

const DAY = 24 * 60 * 60 * 1000;

/** The commands on the suppression table. */
export function addSuppression(
  program: Command,
  { console, finish, state }: { console: Console; finish: (status: number) => void; state: string },
): void {
  const suppression = program
    .command("suppression")
    .summary("look at and change which addresses may not be written to")
    .description("Works on the suppression table: which addresses may not be written to, and why.")
    .helpCommand(false);

  const command = (words: string, summary: string) =>
    suppression
      .command(words)
      .summary(summary)
      .description(`${summary[0]?.toUpperCase()}${summary.slice(1)}.`)
      .option("--state <FILE>", "the state file with the table", state)
      .option("--table <NAME>", "a deployed table in place of it, by its DynamoDB name, with your AWS credentials")
      .option("--stage <NAME>", "the deployed table mailroom-NAME-suppression")
      .addHelpText("after", SUPPRESSION_HELP);
  const json = (what: string) => new Option("--json", `print ${what} on standard output`);

  command("get <ADDRESS>", "tell whether an address is suppressed, since when, and on what evidence")
    .addOption(json("one JSON object"))
    .action(async (address: string, options: TableOptions & { json?: true }) =>
      finish(await (await import("./get.ts")).get(address, options, console)),
    );
  command("list", "print the suppressed addresses")
    .option("--reason <REASON>", "only those suppressed for this reason", reasonArgument)
    .option("--since <DATE>", "only those suppressed at this time or later", timeArgument)
    .option("--expired", "also those whose suppression has ended")
    .addOption(json("one JSON object an address"))
    .action(async (options: ListOptions) => finish(await (await import("./list.ts")).list(options, console)));

  const change = (words: string, summary: string) =>
    command(words, summary)
      .requiredOption("--reason <TEXT>", "why, for whoever looks at it later")
      .option("--who <NAME>", "who does it (default: your user name)")
      .addOption(policyOption())
      .addOption(json("one JSON object"));
  change("add <ADDRESS>", "suppress an address")
    .option("--expires <DATE|DAYS>", "when the suppression ends (default: never)", endArgument)
    .action(async (address: string, options: ChangeOptions) =>
      finish(await (await import("./change.ts")).add(address, options, console)),
    );
  change("remove <ADDRESS>", "lift what suppresses an address; all evidence until now is void").action(
    async (address: string, options: ChangeOptions) =>
      finish(await (await import("./change.ts")).remove(address, options, console)),
  );

  const format = () =>
    new Option("--format <FORMAT>", "csv or ndjson (default: by the file's ending, else csv)").choices(FORMATS);
  command("import <FILE>", "take over suppressed addresses from a file, or from - (standard input)")
    .addOption(format())
    .addOption(
      new Option("--on-error <WHAT>", "what a line that is wrong does: stop the import, or be skipped")
        .choices(["stop", "skip"])
        .default("stop"),
    )
    .option("--reason <TEXT>", "why, for whoever looks at it later (default: imported from FILE)")
    .option("--who <NAME>", "who does it (default: your user name)")
    .addOption(policyOption())
    .action(async (file: string, options: ImportOptions) =>
      finish(await (await import("./import.ts")).importEntries(file, options, console)),
    );
  command("export [FILE]", "write the suppressed addresses to a file, or to standard output")
    .addOption(format())
    .action(async (file: string | undefined, options: ExportOptions) =>
      finish(await (await import("./export.ts")).exportEntries(file ?? "-", options, console)),
    );
  command("sync", "compare the table with SES's account suppression list, and bring one into line with the other")
    .addOption(new Option("--from <WHERE>", "take over what SES's list has").choices(["ses"]))
    .addOption(new Option("--to <WHERE>", "bring SES's list into line with this table").choices(["ses"]))
    .option("--apply", "do it; without it the plan is printed")
    .option("--include-manual", "with --to: also what persons suppressed, as BOUNCE")
    .option("--prune", "with --to: also take off SES's list what is not known here")
    .option("--region <REGION>", "the region of SES (default: that of your environment)")
    .addOption(policyOption())
    .addOption(json("one JSON object a step"))
    .action(async (options: SyncOptions) => finish(await (await import("./sync.ts")).sync(options, console)));
}

function reasonArgument(written: string) {
  try {
    return readReason(written);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

/** A day, or a time: ISO 8601 in UTC with milliseconds comes out. */
function timeArgument(written: string): string {
  const time = readTimestamp(/^\d{4}-\d\d-\d\d$/.test(written) ? `${written}T00:00:00Z` : written);
  if (time === null) throw new InvalidArgumentError("Expected a date such as 2026-11-21 or 2026-11-21T07:41:19Z.");
  return time;
}

function endArgument(written: string): string {
  if (/^\d{1,5}$/.test(written)) return new Date(Date.now() + Number(written) * DAY).toISOString();
  return timeArgument(written);
}
