import * as z from "zod";
import type { Clock, DnsResolver } from "../../../shared/ports.ts";
import { checkRegion } from "../checks/region.ts";
import { checkRuntimes } from "../checks/runtimes.ts";
import { dnsExaminations, mailFromExamination } from "../dns-examinations.ts";
import { type Examination, examination } from "../examine.ts";
import type { Subject } from "../subject.ts";
import { packagedDeadLetters } from "./dead-letters.ts";
import { packagedFeedback } from "./feedback.ts";
import { packagedExamination } from "./packaged-examination.ts";
import type { PackagedStack } from "./packaged-stack.ts";
import { packagedReceiving } from "./receiving.ts";
import { packagedStorage } from "./storage.ts";

export interface PackagedSurroundings {
  readonly clock: Clock;
  /** As it was said; `undefined`: it is not known where the stack will be. */
  readonly region: string | undefined;
  /** `undefined`: DNS is not looked at. */
  readonly resolver: DnsResolver | undefined;
}

const functionSchema = z.object({ FunctionName: z.string(), Runtime: z.string().default("an image") });

/** All that can be told of a stack before there is one. */
export function packagedExaminations(
  stack: PackagedStack,
  subject: Subject,
  around: PackagedSurroundings,
): readonly Examination[] {
  const { clock, region, resolver } = around;
  const { OwnsIdentity, MailFromDomain } = stack.deployment;
  const mailFrom = OwnsIdentity ? { domain: MailFromDomain, status: undefined, rejectsWithoutIt: false } : undefined;
  return [
    ...(region === undefined ? [] : [examination("region", "nothing", () => region, checkRegion)]),
    ...(resolver === undefined
      ? []
      : [...dnsExaminations(subject, resolver), mailFromExamination(subject, resolver, async () => mailFrom)]),
    ...packagedReceiving(stack, subject),
    packagedExamination(
      "runtime",
      () => stack.ofType("AWS::Lambda::Function", functionSchema),
      (functions) =>
        checkRuntimes(
          functions.map(({ properties: { FunctionName, Runtime } }) => ({ name: FunctionName, runtime: Runtime })),
          clock.now(),
          "npm run package",
        ),
    ),
    ...packagedFeedback(stack, subject),
    packagedDeadLetters(stack),
    ...packagedStorage(stack),
  ];
}
