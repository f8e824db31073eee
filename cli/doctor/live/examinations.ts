import { sesReceiptRuleSets } from "../../../shared/aws/ses-receipt-rule-sets.ts";
import { namesAbove } from "../../../shared/dns/domain-name.ts";
import { lazy } from "../../../shared/lazy.ts";
import type { Clock, DnsResolver } from "../../../shared/ports.ts";
import { readIdentity } from "../../deployment/read-identity.ts";
import { receivingDomains } from "../../dns/receiving-domains.ts";
import { readSituation } from "../../rules-set/situation.ts";
import { checkQuota, checkSandbox, checkSending } from "../checks/account.ts";
import { checkIdentity, checkRecipientDomain, type NearestIdentity } from "../checks/identity.ts";
import { notePort25 } from "../checks/port-25.ts";
import { checkQueue } from "../checks/queues.ts";
import { checkRegion } from "../checks/region.ts";
import { dnsExaminations, identityDnsExaminations } from "../dns-examinations.ts";
import { type Examination, examination } from "../examine.ts";
import type { Subject } from "../subject.ts";
import type { Clients } from "./clients.ts";
import { alertExaminations, feedbackExaminations } from "./feedback-examinations.ts";
import { readAccount } from "./read-feedback.ts";
import { readQueue } from "./read-queue.ts";
import { receivingExaminations } from "./receiving-examinations.ts";

export interface Surroundings {
  readonly clients: Clients;
  readonly resolver: DnsResolver;
  readonly clock: Clock;
}

/** All checks of a deployment, in the order in which a mail meets what they look at. */
export function deploymentExaminations(subject: Subject, around: Surroundings): readonly Examination[] {
  const { clients, resolver } = around;
  const { Domain, Region } = subject.deployment;
  const identity = lazy(() => readIdentity(clients.sesV2, Domain));
  const situation = lazy(() => readSituation(subject.deployment, sesReceiptRuleSets(clients.ses)));
  return [
    examination("region", "nothing", () => Region, checkRegion),
    ...dnsExaminations(subject, resolver),
    examination("identity", "ses:GetEmailIdentity", identity, (found) => checkIdentity(subject, found)),
    ...recipientExaminations(subject, around),
    ...identityDnsExaminations(subject, resolver, identity),
    ...receivingExaminations(subject, around, situation),
    ...feedbackExaminations(subject, around, identity),
    ...alertExaminations(subject, around),
    ...accountExaminations(subject, around),
    ...queueExaminations(subject, around),
    examination("port-25", "nothing", () => undefined, notePort25),
  ];
}

/** Domains of recipients that the identity of the deployment is not about. */
function recipientExaminations(subject: Subject, { clients }: Surroundings): readonly Examination[] {
  const own = `.${subject.deployment.Domain.toLowerCase()}`;
  const others = receivingDomains(subject.deployment).domains.filter((domain) => !`.${domain}`.endsWith(own));
  return others.map((domain) =>
    examination(
      "identity",
      "ses:GetEmailIdentity",
      () => readNearestIdentity(clients.sesV2, domain),
      (nearest) => checkRecipientDomain(subject, domain, nearest),
    ),
  );
}

async function readNearestIdentity(client: Clients["sesV2"], domain: string): Promise<NearestIdentity | undefined> {
  for (const at of [domain, ...namesAbove(domain).slice(0, -1)]) {
    const identity = await readIdentity(client, at);
    if (identity !== undefined) return { at, identity };
  }
  return undefined;
}

function accountExaminations(subject: Subject, { clients }: Surroundings): readonly Examination[] {
  const account = lazy(() => readAccount(clients.sesV2));
  const checks = { sandbox: checkSandbox, sending: checkSending, quota: checkQuota };
  return Object.entries(checks).map(([name, check]) =>
    examination(name, "ses:GetAccount", account, (facts) => check(subject, facts)),
  );
}

function queueExaminations(subject: Subject, { clients, clock }: Surroundings): readonly Examination[] {
  const { UnprocessedMail, BounceDeadLetters, ComplaintDeadLetters } = subject.deployment;
  const queues = [
    ["mails that were not processed", UnprocessedMail],
    ["bounces that were not recorded", BounceDeadLetters],
    ["complaints that were not recorded", ComplaintDeadLetters],
  ] as const;
  return queues.map(([what, url]) =>
    examination(
      "dead-letters",
      "sqs:GetQueueAttributes and sqs:ReceiveMessage",
      () => readQueue(clients.sqs, url, what),
      (queue) => checkQueue(subject, queue, clock.now()),
    ),
  );
}
