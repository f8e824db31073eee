import { type Command, Option } from "commander";
import type { Console } from "./output/console.ts";

/** What commands need of the program that they are added to. */
export interface Surroundings {
  readonly console: Console;
  readonly finish: (status: number) => void;
}

/** What those need besides that may keep their state in a file on this machine. */
export interface StateSurroundings extends Surroundings {
  /** The default state file. */
  readonly state: string;
}

/** Options that say which deployment a command works on. */
export function withDeployment(command: Command): Command {
  return command.requiredOption("--stage <NAME>", "which deployment").addOption(regionOption());
}

export function regionOption(): Option {
  return new Option("--region <REGION>", "the AWS region (default: that of your environment)");
}
