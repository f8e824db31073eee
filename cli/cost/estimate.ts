import { costOf, type PriceName } from "./prices.ts";

/** A month of a deployment. */
export interface Workload {
  readonly mails: number;
  /** Bytes of a mail. */
  readonly size: number;
  /** The share of mails that raise an alert: 0 to 1. */
  readonly matched: number;
  /** Days that raw mails are kept. */
  readonly keepDays: number;
  /** Megabytes of the function. */
  readonly memory: number;
  /** Milliseconds of a run. */
  readonly duration: number;
  /** Write units of DynamoDB. */
  readonly writes: { readonly mail: number; readonly alert: number };
  /** Bytes in the log for each mail. */
  readonly logged: number;
}

/** One part of the bill. */
export interface Part {
  readonly service: "SES" | "S3" | "Lambda" | "SNS" | "DynamoDB" | "CloudWatch";
  readonly what: string;
  /** How many of it there are. */
  readonly quantity: number;
  readonly unit: string;
  readonly usd: number;
  /** If everything that is uncertain about what counts is decided against us. */
  readonly worst: number;
  readonly prices: readonly PriceName[];
}

export interface Estimate {
  readonly parts: readonly Part[];
  readonly total: number;
  readonly worst: number;
}

/** In a chunk of SES; whether only complete chunks count is uncertain (SES fact 6.6). */
const CHUNK = 256 * 1024;
const GB = 1e9;
const MB_IN_GB = 1024;
const DAYS_IN_MONTH = 30;

/** What a month costs, part by part, once it has gone on for as long as mails are kept. */
export function estimate(work: Workload): Estimate {
  const { mails, size, matched, keepDays, memory, duration, writes, logged } = work;
  const alerts = mails * matched;
  const chunks = mails * Math.floor(size / CHUNK);
  const parts = [
    part("SES", "mails received", mails, "sesMail", "mails"),
    {
      ...part("SES", "chunks of 256 KB", chunks, "sesChunk", "complete chunks"),
      worst: costOf(mails * Math.ceil(size / CHUNK), "sesChunk"),
    },
    requests(mails),
    part("S3", "storage", (mails * size * keepDays) / DAYS_IN_MONTH / GB, "s3Storage", "GB"),
    part("Lambda", "requests", mails, "lambdaRequest", "requests"),
    part("Lambda", "duration", (mails * duration * memory) / 1000 / MB_IN_GB, "lambdaDuration", "GB-seconds"),
    part("SNS", "alerts", alerts, "snsPublish", "publishes"),
    part("DynamoDB", "mail log", mails * writes.mail + alerts * writes.alert, "dynamoWrite", "write units"),
    part("CloudWatch", "logs", (mails * logged) / GB, "logIngest", "GB"),
  ];
  return { parts, total: sum(parts, "usd"), worst: sum(parts, "worst") };
}

function part(service: Part["service"], what: string, quantity: number, price: PriceName, unit: string): Part {
  const usd = costOf(quantity, price);
  return { service, what, quantity, unit, usd, worst: usd, prices: [price] };
}

/** SES stores each mail, and the function reads it once. */
function requests(mails: number): Part {
  const put = part("S3", "PUT and GET", mails, "s3Put", "of each");
  const usd = put.usd + costOf(mails, "s3Get");
  return { ...put, usd, worst: usd, prices: ["s3Put", "s3Get"] };
}

function sum(parts: readonly Part[], what: "usd" | "worst"): number {
  return parts.reduce((total, each) => total + each[what], 0);
}
