import { Command, InvalidArgumentError, Option } from "commander";
import packageFile from "../package.json" with { type: "json" };
import type { Environment } from "../shared/lambda/environment.ts";
import { addCost } from "./cost/command.ts";
import { addDns } from "./dns/command.ts";
import { addDoctor } from "./doctor/command.ts";
import type { FeedbackOptions } from "./feedback.ts";
import { addForget } from "./forget/command.ts";
import { COMMAND, HELP } from "./help.ts";
import type { Console, OutputStream } from "./output/console.ts";
import type { ParseOptions } from "./parse.ts";
import { policyOption } from "./policy-option.ts";
import { addRedrive } from "./redrive/command.ts";
import type { ReplayOptions } from "./replay.ts";
import { isOfStage, withStage } from "./replay-deployed/command-options.ts";
import type { ReplayDeployedOptions } from "./replay-deployed/replay-deployed.ts";
import { addRules } from "./rules/commands.ts";
import { addRulesSet } from "./rules-set/command.ts";
import { addSuppression } from "./suppression/commands.ts";

const MAX_WORKERS = 64;
const DEFAULT_STATE = ".mailroom/state.db";

type Finish = (status: number) => void;

/** The commands. Each loads what it needs when it runs, so that \`--help\` and mistakes answer at once. */
export function createProgram(
  console: Console,
  { stdout, stderr }: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  env: Environment,
  finish: Finish,
): Command {
  const program = new Command(COMMAND)
    .description("Reads mail, matches your rules, and alerts.")
    .version(packageFile.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: (text, write) => write(text.replace(/^error: /, "mailroom: ")),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .showHelpAfterError("Say --help after the command to see how it is used.");
  addReplay(program, console, env, finish);
  addParse(program, console, finish);
  addFeedback(program, console, finish);
  addSuppression(program, { console, finish, state: DEFAULT_STATE });
  addForget(program, { console, finish, state: DEFAULT_STATE });
  addRules(program, { console, finish });
  addRulesSet(program, { console, finish });
  addDns(program, { console, finish });
  addDoctor(program, { console, finish });
  addRedrive(program, { console, finish });
  addCost(program, { console, finish });
  return program;
}

function addReplay(program: Command, console: Console, env: Environment, finish: Finish): void {
  const command = program
    .command("replay")
    .summary("run stored mails through your rules")
    .description(
      "Runs stored mails through the same code as arriving ones, on this machine and with no AWS account, and shows which rules match and why.\nWith --stage it runs the mails of a deployment, and shows which alerts were missed.\nIt is a dry run: nothing is published and nothing is kept, unless you say --apply.",
    )
    .argument("[PATH...]", "stored mails (see below)")
    .option("--rules <FILE>", "the rules file (default: rules.yml, else samples/rules.yml; with --stage, the stage's)")
    .option("--json", "print one JSON object a mail on standard output")
    .option(
      "--apply",
      "print the alerts and keep the records; with --stage, send what was missed; nothing is done twice",
    )
    .option("--state <FILE>", "where --apply keeps its records", DEFAULT_STATE)
    .addOption(workersOption())
    .addOption(allOption())
    .option(
      "--trust-headers",
      "believe the verdicts in the mails' own headers; without it a PASS counts for nothing, from s3:// too",
    )
    .addOption(policyOption());
  withStage(command)
    .addHelpText("after", HELP.replay)
    .action(async (paths: string[], options: ReplayOptions & Partial<ReplayDeployedOptions>) => {
      if (isOfStage(options, paths, command)) {
        const { replayDeployed } = await import("./replay-deployed/replay-deployed.ts");
        return finish(await replayDeployed(paths, options, console, env));
      }
      const { replay } = await import("./replay.ts");
      finish(await replay(paths, options, console, env));
    });
}

function addParse(program: Command, console: Console, finish: Finish): void {
  program
    .command("parse")
    .summary("show what the parser sees of stored mails")
    .description(
      "Shows what the parser sees of stored mails: subject, addresses, text, attachments, and what was wrong with them.",
    )
    .argument("<PATH...>", "stored mails (see below)")
    .option("--json", "print one JSON object a mail on standard output")
    .addOption(workersOption())
    .addOption(allOption())
    .addHelpText("after", HELP.parse)
    .action(async (paths: string[], options: ParseOptions) => {
      const { parse } = await import("./parse.ts");
      finish(await parse(paths, options, console));
    });
}

function addFeedback(program: Command, console: Console, finish: Finish): void {
  program
    .command("feedback")
    .summary("tell what stored notifications and events of bounces and complaints do")
    .description(
      "Reads stored notifications and events of SES (bounces, complaints, delays, deliveries), and tells what each does by itself and why.\nIt is a dry run: nothing is recorded, unless you say --apply.",
    )
    .argument("<FILE...>", "stored notifications and events (see below)")
    .option("--json", "print one JSON object a report on standard output")
    .option("--apply", "record the reports in the suppression table; what was recorded before changes nothing")
    .option("--state <FILE>", "where --apply keeps the suppression table", DEFAULT_STATE)
    .addOption(policyOption())
    .addHelpText("after", HELP.feedback)
    .action(async (paths: string[], options: FeedbackOptions) => {
      const { feedback } = await import("./feedback.ts");
      finish(await feedback(paths, options, console));
    });
}

function allOption(): Option {
  return new Option("--all", "take every file in a folder for a mail, whatever it begins like");
}

function workersOption(): Option {
  return new Option("--workers <N>", "how many threads read mails; the output is the same")
    .default(1)
    .argParser((value) => {
      const workers = Number(value);
      if (Number.isInteger(workers) && workers >= 1 && workers <= MAX_WORKERS) return workers;
      throw new InvalidArgumentError(`Expected a whole number from 1 to ${MAX_WORKERS}.`);
    });
}
