import type { Command } from "commander";
import type { Surroundings } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import type { DoctorOptions } from "./doctor.ts";

/** Adds `doctor`. It loads what it needs when it runs. */
export function addDoctor(program: Command, { console, finish }: Surroundings): void {
  program
    .command("doctor")
    .summary("check a deployment, from its DNS records to its dead-letter queues")
    .description(
      "Checks a deployment, and tells of each mistake why it matters and which command or DNS record mends it. Nothing is changed.",
    )
    .option("--stage <NAME>", "which deployment")
    .option("--template <FILE>", "check what was packaged, in place of a deployment; no account is needed")
    .option("--dns-file <FILE>", "a zone file in place of DNS")
    .option("--region <REGION>", "the AWS region (default: that of your environment)")
    .option("--json", "print one JSON object a finding on standard output")
    .addHelpText("after", HELP.doctor)
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import("./doctor.ts");
      finish(await doctor(options, console));
    });
}
