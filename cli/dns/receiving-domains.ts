import type { Deployment } from "../deployment/outputs.ts";

/** Where the receipt rule takes mail. */
export interface ReceivingDomains {
  /** Each needs the MX record. */
  readonly domains: readonly string[];
  /** Their subdomains need it, which nobody can list. */
  readonly parents: readonly string[];
}

/** Reads them from the conditions of the receipt rule (SES fact 1.6). Mail of a domain that none of them is about may well go elsewhere. */
export function receivingDomains({ Domain, Recipients }: Pick<Deployment, "Domain" | "Recipients">): ReceivingDomains {
  const own = Domain.toLowerCase();
  const conditions = Recipients.map((condition) => condition.toLowerCase());
  const isAnyones = conditions.length === 0 || conditions.some((each) => each.startsWith(".") && own.endsWith(each));
  const named = conditions.filter((each) => !each.startsWith(".")).map((each) => each.split("@").at(-1) ?? each);
  return {
    domains: [...new Set([...(isAnyones ? [own] : []), ...named])],
    parents: conditions.filter((each) => each.startsWith(".")).map((each) => each.slice(1)),
  };
}
