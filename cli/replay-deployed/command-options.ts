import { type Command, InvalidArgumentError, Option } from "commander";
import { readDateOrAge } from "../read-date.ts";
import type { ReplayDeployedOptions } from "./replay-deployed.ts";

/** Options of `replay` that belong to a deployment; they come to nothing without `--stage`. */
const OF_STAGE = ["region", "since", "until"] as const;

/** Adds the options that make of `replay` one of a deployment. */
export function withStage(command: Command): Command {
  return command
    .addOption(
      new Option("--stage <NAME>", "the mails of a deployment, through its own topics and tables").conflicts([
        "state",
        "all",
        "trustHeaders",
      ]),
    )
    .option("--region <REGION>", "with --stage: the AWS region (default: that of your environment)")
    .option("--since <WHEN>", "with --stage: only mails that arrived at this time or later", whenArgument)
    .option("--until <WHEN>", "with --stage: only mails that arrived before this time", whenArgument);
}

/** @returns whether the options name a deployment; where they do not, paths are needed and nothing may be asked of one */
export function isOfStage(
  options: Partial<ReplayDeployedOptions>,
  paths: readonly string[],
  command: Command,
): options is ReplayDeployedOptions {
  if (options.stage !== undefined) return true;
  const alone = OF_STAGE.find((name) => options[name] !== undefined);
  if (alone !== undefined) command.error(`error: --${alone} needs --stage`);
  if (paths.length === 0) command.error("error: missing required argument 'PATH', or --stage");
  return false;
}

function whenArgument(value: string): string {
  const time = readDateOrAge(value, Date.now());
  if (time !== undefined) return time;
  throw new InvalidArgumentError(
    "Expected a date such as 2026-11-24, a time such as 2026-11-24T08:00:00Z, or an age such as 24h or 7d.",
  );
}
