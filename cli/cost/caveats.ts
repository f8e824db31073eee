import { type Estimate, estimate, type Workload } from "./estimate.ts";
import { ASSUMED_WAITING, cpuOf, MEASURED } from "./measured.ts";

/** What may come out differently, one line each. */
export function uncertain(work: Workload, { total, worst }: Estimate, isMeasured: boolean): string[] {
  return [
    ...(worst > total
      ? [`SES may count every 256 KB that a mail begins, and not only complete ones: ${usd(worst - total)} more`]
      : []),
    "The price to receive is that of SES à la carte; what an account on a plan pays (Essentials is the default of new ones) is not known. Mail Manager takes 0.00016 a mail",
    "Every mail counts as if it had the average size; where few large ones make the average, they have chunks of their own",
    `Raw mails are kept for ${work.keepDays} days; how long yours are, rawMailDays of serverless.yml says (365, unless you change it)`,
    ...(isMeasured ? [durationLine(work, total)] : []),
    "List prices of us-east-1 without free tier; those of S3, SNS, DynamoDB and CloudWatch from memory, DynamoDB's the least sure",
    "1 KB in the log for each mail: 0.7 were measured, the rest is assumed for the lines of Lambda itself",
  ];
}

function durationLine(work: Workload, total: number): string {
  const { size, memory, duration } = work;
  const twice = estimate({ ...work, duration: 2 * duration }).total - total;
  const cpu = cpuOf(size).toFixed(1);
  return `Duration: ${cpu} ms of CPU as measured (${MEASURED.date}, ${MEASURED.machine}), which take ${duration - ASSUMED_WAITING} ms at ${memory} MB, and ${ASSUMED_WAITING} ms of waiting as assumed; twice as long would be ${usd(twice)} more`;
}

/** What the estimate leaves out. */
export const NOT_COUNTED = [
  "bounces and complaints, failed and repeated events, cold starts",
  "alerts by e-mail (about 2.00 per 100,000), SMS and HTTP; other people's subscriptions",
  "stored records and logs, backups, metrics, alarms, the dashboard, KMS keys, data transfer",
] as const;

export function usd(amount: number): string {
  return amount.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
