import { Command, InvalidArgumentError, Option } from "commander";
import packageFile from "../package.json" with { type: "json" };
import type { Console, OutputStream } from "./output/console.ts";
import type { ParseOptions } from "./parse.ts";
import type { ReplayOptions } from "./replay.ts";

const MAX_WORKERS = 64;
const DEFAULT_STATE = ".mailroom/state.db";

const PATHS = `PATH is
  a file      a mail whatever its name; or an mbox, whose mails are FILE#1, FILE#2, …
  a folder    every file in it and below that begins like a mail, whatever its name; a Maildir too
  s3://bucket/prefix   the objects under a prefix, with the AWS credentials of your environment`;

const EXIT_STATUS = `Exit status: 0 done, 1 something failed that the output names, 2 wrong use or wrong configuration.`;

/** The commands. Each loads what it needs when it runs, so that \`--help\` and mistakes answer at once. */
export function createProgram(
  console: Console,
  { stdout, stderr }: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  finish: (status: number) => void,
): Command {
  const program = new Command("mailroom")
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
  program
    .command("replay")
    .summary("run stored mails through your rules")
    .description(
      "Runs stored mails through the same code as arriving ones, on this machine and with no AWS account, and shows which rules match and why.\nIt is a dry run: nothing is published and nothing is kept, unless you say --apply.",
    )
    .argument("<PATH...>", "stored mails (see below)")
    .option("--rules <FILE>", "the rules file (default: rules.yml, else samples/rules.yml)")
    .option("--json", "print one JSON object a mail on standard output")
    .option("--apply", "print the alerts and keep the records; what was done before is not done again")
    .option("--state <FILE>", "where --apply keeps its records", DEFAULT_STATE)
    .addOption(workersOption())
    .addOption(allOption())
    .option("--trust-headers", "believe the verdicts that the mails carry in their own headers")
    .addHelpText(
      "after",
      `\n${PATHS}\n\nExamples:\n  mailroom replay samples/mail\n  mailroom replay archive.mbox --json | jq -r 'select(.matches != []) | .source'\n  mailroom replay ~/Maildir --rules rules.yml --workers 2\n\n${EXIT_STATUS}`,
    )
    .action(async (paths: string[], options: ReplayOptions) => {
      const { replay } = await import("./replay.ts");
      finish(await replay(paths, options, console));
    });
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
    .addHelpText(
      "after",
      `\n${PATHS}\n\nExamples:\n  mailroom parse strange.eml\n  mailroom parse archive.mbox --json | jq -r .subject\n\n${EXIT_STATUS}`,
    )
    .action(async (paths: string[], options: ParseOptions) => {
      const { parse } = await import("./parse.ts");
      finish(await parse(paths, options, console));
    });
  const rules = program
    .command("rules")
    .summary("work on a rules file")
    .description("Works on a rules file.")
    .helpCommand(false);
  rules
    .command("check")
    .summary("tell every problem of a rules file")
    .description("Tells every problem of a rules file as FILE:LINE:COLUMN: message.")
    .argument("[FILE]", "the rules file (default: rules.yml, else samples/rules.yml)")
    .option("--json", "print one JSON object a problem")
    .addHelpText(
      "after",
      `\nExamples:\n  mailroom rules check\n  mailroom rules check rules.yml --json\n\n${EXIT_STATUS}`,
    )
    .action(async (file: string | undefined, options: { json?: true }) => {
      const { rulesCheck } = await import("./rules-check.ts");
      finish(await rulesCheck(file, options.json ?? false, console));
    });
  return program;
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
