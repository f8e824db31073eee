/** What so many units cost. */
export interface Price {
  readonly usd: number;
  readonly per: number;
  readonly unit: string;
  /** `null`: sure, but where it was read was not put down. */
  readonly source: "price list" | "memory" | null;
  /** When the price list was read, or the figure was written down. */
  readonly date: string;
  readonly confidence: "high" | "medium";
}

const MILLION = 1_000_000;
const READ = { source: "price list", date: "2026-07-22", confidence: "high" } as const;
const KNOWN = { source: null, date: "2026-11-24", confidence: "high" } as const;
const REMEMBERED = { source: "memory", date: "2026-11-24", confidence: "high" } as const;

/** SES fact 6.6: list prices in us-east-1 in USD, no free tier; SES à la carte. All that the estimate goes by. */
export const PRICES = {
  sesMail: { usd: 100, per: MILLION, unit: "mails", ...READ },
  sesChunk: { usd: 90, per: MILLION, unit: "chunks of 256 KB", ...READ },
  s3Put: { usd: 0.005, per: 1_000, unit: "PUT requests", ...REMEMBERED },
  s3Get: { usd: 0.0004, per: 1_000, unit: "GET requests", ...REMEMBERED },
  s3Storage: { usd: 0.023, per: 1, unit: "GB-months", ...REMEMBERED },
  lambdaRequest: { usd: 0.2, per: MILLION, unit: "requests", ...KNOWN },
  lambdaDuration: { usd: 0.0000133334, per: 1, unit: "GB-seconds on arm64", ...KNOWN },
  snsPublish: { usd: 0.5, per: MILLION, unit: "publishes of up to 64 KB", ...REMEMBERED },
  dynamoWrite: { usd: 0.625, per: MILLION, unit: "write units", ...REMEMBERED, confidence: "medium" },
  logIngest: { usd: 0.5, per: 1, unit: "GB", ...REMEMBERED },
} as const satisfies Readonly<Record<string, Price>>;

export type PriceName = keyof typeof PRICES;

export function costOf(units: number, name: PriceName): number {
  const { usd, per } = PRICES[name];
  return (units / per) * usd;
}
