import { readFileSync } from "node:fs";
import { systemResolver } from "../../shared/dns/system-resolver.ts";
import { readZoneFile } from "../../shared/dns/zone-file.ts";
import { zoneResolver } from "../../shared/dns/zone-resolver.ts";
import type { DnsResolver } from "../../shared/ports.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { readDeployment } from "../deployment/read-deployment.ts";
import { EXIT } from "../exit-status.ts";
import type { Console } from "../output/console.ts";
import { findingLines, findingsSummary, printedFinding } from "../output/findings-output.ts";
import { jsonLine } from "../output/printable.ts";
import { UsageError, usageError } from "../usage-error.ts";
import { examineAll } from "./examine.ts";
import type { Finding } from "./finding.ts";
import { subjectOf } from "./subject.ts";

export interface DoctorOptions {
  readonly stage?: string;
  readonly region?: string;
  /** A zone file in place of DNS. */
  readonly dnsFile?: string;
  /** A packaged template in place of a deployment. */
  readonly template?: string;
  readonly json?: true;
}

/** Checks a deployment, or what was packaged, and tells of each mistake what mends it. It changes nothing. */
export async function doctor(options: DoctorOptions, console: Console): Promise<number> {
  const { stage, template } = options;
  const resolver = options.dnsFile === undefined ? undefined : readZone(options.dnsFile);
  const findings =
    template === undefined
      ? await examineDeployment(stageOf(stage), options, resolver ?? systemResolver())
      : await examineTemplate(template, options, resolver);
  await console.print(
    options.json
      ? findings.map((finding) => jsonLine(printedFinding(finding))).join("")
      : findingLines(findings, console.outColours),
  );
  console.say(findingsSummary(findings));
  return findings.some(({ level }) => level === "error") ? EXIT.failed : EXIT.done;
}

function stageOf(stage: string | undefined): string {
  if (stage === undefined)
    throw new UsageError("expected --stage with the name of a deployment, or --template with what was packaged");
  return stage;
}

async function examineDeployment(
  stage: string,
  { region }: DoctorOptions,
  resolver: DnsResolver,
): Promise<readonly Finding[]> {
  const deployment = await readDeployment({ stage, region });
  const [{ openClients }, { deploymentExaminations }] = await Promise.all([
    import("./live/clients.ts"),
    import("./live/examinations.ts"),
  ]);
  using clients = openClients(deployment.Region);
  const around = { clients, resolver, clock: systemClock };
  return await examineAll(deploymentExaminations(subjectOf(deployment, region), around));
}

async function examineTemplate(
  file: string,
  { stage, region }: DoctorOptions,
  resolver: DnsResolver | undefined,
): Promise<readonly Finding[]> {
  if (resolver !== undefined && region === undefined)
    throw new UsageError(
      "expected --region beside --template and --dns-file: a template does not say where mail should lead",
    );
  const [{ readPackagedStack }, { packagedExaminations }] = await Promise.all([
    import("./packaged/packaged-stack.ts"),
    import("./packaged/examinations.ts"),
  ]);
  const stack = readPackagedStack(readText(file), file, region);
  const { Stage } = stack.deployment;
  if (stage !== undefined && stage !== Stage)
    throw new UsageError(`expected ${file} to be the template of the stage ${stage}, got one of the stage ${Stage}`);
  const around = { clock: systemClock, region, resolver };
  return await examineAll(packagedExaminations(stack, subjectOf(stack.deployment, region), around));
}

function readZone(file: string): DnsResolver {
  return zoneResolver(readZoneFile(readText(file), file));
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw usageError(`cannot read ${file}${file.includes(".serverless") ? " (npm run package writes it)" : ""}`, cause);
  }
}
