import { type Command, Option } from "commander";
import { type Surroundings, withDeployment } from "../command-surroundings.ts";
import { HELP } from "../help.ts";
import type { DnsOptions } from "./dns.ts";

/** Adds `dns`. It loads what it needs when it runs. */
export function addDns(program: Command, { console, finish }: Surroundings): void {
  withDeployment(program.command("dns"))
    .summary("print the DNS records that a deployment needs")
    .description(
      "Prints all DNS records that a deployment needs, as a zone file whose comments say what each is for. Nothing is changed.",
    )
    .addOption(
      new Option("--format <FORMAT>", "a zone file, or a change batch for Route 53 (default: zone)").choices([
        "zone",
        "route53",
      ]),
    )
    .addOption(new Option("--json", "print one JSON object a record on standard output").conflicts("format"))
    .addHelpText("after", HELP.dns)
    .action(async (options: DnsOptions) => {
      const { dns } = await import("./dns.ts");
      finish(await dns(options, console));
    });
}
