import { NOT_COUNTED, uncertain, usd } from "../cost/caveats.ts";
import type { Estimate, Part, Workload } from "../cost/estimate.ts";
import { PRICES } from "../cost/prices.ts";
import { count } from "./count.ts";

/** What is told of a month's cost. */
interface Told {
  readonly work: Workload;
  readonly estimated: Estimate;
  /** Whether the duration is ours, and not the person's. */
  readonly isMeasured: boolean;
}

/** As `cost --json` prints it: a contract, scripts read it. Its keys and their order are fixed here and nowhere else. */
export function printedCost({ work, estimated, isMeasured }: Told) {
  const { mails, size, matched, keepDays, memory, duration } = work;
  return {
    mails,
    size,
    matched,
    keepDays,
    memory,
    duration,
    currency: "USD",
    parts: estimated.parts.map(({ service, what, quantity, unit, usd, worst, prices }) => ({
      service,
      what,
      quantity: rounded(quantity),
      unit,
      usd: rounded(usd),
      worst: rounded(worst),
      prices: prices.map((name) => PRICES[name]),
    })),
    total: rounded(estimated.total),
    worst: rounded(estimated.worst),
    uncertain: uncertain(work, estimated, isMeasured),
    notCounted: NOT_COUNTED,
  };
}

function rounded(value: number): number {
  return Number(value.toFixed(6));
}

/** The same for a person. */
export function costLines({ work, estimated, isMeasured }: Told): string {
  const { parts, total, worst } = estimated;
  const last = { service: "", quantity: "", sure: "" };
  const lines = [
    row({ service: "", what: "USD a month", quantity: "", usd: "", sure: "how sure the price is" }),
    ...parts.map(partRow),
    row({ ...last, what: "total", usd: usd(total) }),
    ...(worst > total ? [row({ ...last, what: "total at worst", usd: usd(worst) })] : []),
    "",
    "Uncertain",
    ...uncertain(work, estimated, isMeasured).map((line) => `  ${line}.`),
    "Not counted",
    ...NOT_COUNTED.map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function partRow({ service, what, quantity, unit, usd: amount, worst, prices }: Part): string {
  const atWorst = worst > amount ? `; ${usd(worst)} at worst` : "";
  const [first = "sesMail"] = prices;
  const { confidence, source, date } = PRICES[first];
  const many = Number.isInteger(quantity)
    ? count(quantity)
    : quantity.toLocaleString("en-US", { maximumFractionDigits: 2 });
  return row({
    service,
    what,
    quantity: `${many} ${unit}`,
    usd: usd(amount),
    sure: `${confidence}${SOURCE[source ?? "none"]} (${date})${atWorst}`,
  });
}

/** Of a price, for a person. */
const SOURCE = { "price list": ", price list", memory: ", from memory", none: "" } as const;

function row(cells: Readonly<Record<"service" | "what" | "quantity" | "usd" | "sure", string>>): string {
  const { service, what, quantity, usd, sure } = cells;
  return `${service.padEnd(11)}${what.padEnd(18)}${quantity.padEnd(24)}${usd.padStart(12)}  ${sure}`.trimEnd();
}
