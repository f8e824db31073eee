import { type Command, InvalidArgumentError, Option } from "commander";
import { regionOption } from "../command-surroundings.ts";
import { readDate } from "../read-date.ts";

/** Options that say which table a command works on. */
export function withTable(command: Command, state: string): Command {
  return command
    .option("--state <FILE>", "the suppression table in a file on this machine", state)
    .addOption(tableOption())
    .addOption(
      new Option("--stage <NAME>", "the table of a deployment, as its stack names it").conflicts(["state", "table"]),
    )
    .addOption(regionOption());
}

export function tableOption(): Option {
  const description = "the suppression table in DynamoDB, with the AWS credentials of your environment";
  return new Option("--table <NAME>", description).conflicts("state");
}

export function formatOption(): Option {
  return new Option(
    "--format <FORMAT>",
    "the form of the file (default: by its ending; csv where that says nothing)",
  ).choices(["csv", "ndjson"]);
}

export function whyOption(description = "why, for whoever looks at the evidence"): Option {
  return new Option("--reason <TEXT>", description).argParser(textArgument);
}

export function whoOption(): Option {
  return new Option("--who <NAME>", "who does it (default: your user name on this machine)").argParser(textArgument);
}

function textArgument(value: string): string {
  if (value.trim() !== "") return value;
  throw new InvalidArgumentError("Expected some words.");
}

export function dateArgument(value: string): string {
  const date = readDate(value);
  if (date !== undefined) return date;
  throw new InvalidArgumentError("Expected a date such as 2026-11-24, or a time such as 2026-11-24T08:00:00Z.");
}
