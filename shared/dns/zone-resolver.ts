import type { DnsResolver, DnsType } from "../ports.ts";
import { comparableName } from "./domain-name.ts";
import type { ZoneRecord } from "./zone-file.ts";

/** As name servers do, so that a chain that leads into itself ends. */
const MAX_ALIASES = 8;

/** DNS as it would be with these records and nothing else. Wildcards count for nothing. */
export function zoneResolver(records: readonly ZoneRecord[]): DnsResolver {
  const byKey = Map.groupBy(records, ({ name, type }) => `${type} ${name}`);

  function find(name: string, type: DnsType, aliases: number): readonly string[] {
    const found = byKey.get(`${type} ${name}`);
    if (found !== undefined) return found.map(({ data }) => data.join(type === "TXT" ? "" : " "));
    const alias = type === "CNAME" ? undefined : byKey.get(`CNAME ${name}`)?.[0]?.data[0];
    return alias === undefined || aliases === 0 ? [] : find(alias, type, aliases - 1);
  }

  return { resolve: async (name, type) => find(comparableName(name), type, MAX_ALIASES) };
}
