import type { Command } from "commander";
import { type Surroundings, withDeployment } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import type { DeployRulesOptions } from "./deploy.ts";

/** Adds `rules` with its commands. Each loads what it needs when it runs. */
export function addRules(program: Command, { console, finish }: Surroundings): void {
  const rules = program
    .command("rules")
    .summary("check a rules file, or put it in force")
    .description("Checks a rules file, or puts it in force.")
    .helpCommand(false);

  rules
    .command("check")
    .summary("tell every problem of a rules file")
    .description("Tells every problem of a rules file as FILE:LINE:COLUMN: message.")
    .argument("[FILE]", "the rules file (default: rules.yml, else samples/rules.yml)")
    .option("--json", "print one JSON object a problem on standard output")
    .addHelpText("after", HELP.rulesCheck)
    .action(async (file: string | undefined, options: { json?: true }) => {
      const { rulesCheck } = await import("./check.ts");
      finish(await rulesCheck(file, options.json ?? false, console));
    });

  withDeployment(rules.command("deploy"))
    .summary("put a rules file in force in a deployment that reads its rules from S3")
    .description(
      "Checks a rules file, also against the topics of the deployment, and tells what it changes there.\nIt is a dry run: nothing is uploaded, unless you say --apply. Then it is in force within a minute.",
    )
    .option("--file <FILE>", "the rules file (default: rules/STAGE.yml, else rules/dev.yml)")
    .option("--apply", "upload it")
    .addHelpText("after", HELP.rulesDeploy)
    .action(async (options: DeployRulesOptions) => {
      const { deployRules } = await import("./deploy.ts");
      finish(await deployRules(options, console));
    });
}
