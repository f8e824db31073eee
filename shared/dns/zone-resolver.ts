import { NotInZoneError } from "../errors.ts";
import type { DnsResolver, DnsType } from "../ports.ts";
import { comparableName, namesAbove } from "./domain-name.ts";
import type { ZoneRecord } from "./zone-file.ts";

/** As name servers do, so that a chain that leads into itself ends. */
const MAX_ALIASES = 8;

/**
 * DNS as it would be with these records. They are about what is at and below the name of an SOA record; without one, at and below those of their
 * names that are below none of the others.
 *
 * @throws {NotInZoneError} for names that they are not about
 */
export function zoneResolver(records: readonly ZoneRecord[]): DnsResolver {
  const byKey = Map.groupBy(records, ({ name, type }) => `${type} ${name}`);
  // A name is there when another is below it, too (RFC 4592, section 2.2.2).
  const names = new Set(records.flatMap(({ name }) => [name, ...namesAbove(name)]));
  const apexes = apexesOf(records);

  function find(name: string, type: DnsType, aliases: number): readonly string[] {
    if (![name, ...namesAbove(name)].some((each) => apexes.has(each))) throw new NotInZoneError(name);
    const owner = names.has(name) ? name : wildcardFor(name, names);
    const found = byKey.get(`${type} ${owner}`);
    if (found !== undefined) return found.map(({ data }) => data.join(type === "TXT" ? "" : " "));
    const alias = type === "CNAME" ? undefined : byKey.get(`CNAME ${owner}`)?.[0]?.data[0];
    return alias === undefined || aliases === 0 ? [] : find(alias, type, aliases - 1);
  }

  return { resolve: async (name, type) => find(comparableName(name), type, MAX_ALIASES) };
}

function apexesOf(records: readonly ZoneRecord[]): ReadonlySet<string> {
  const authorities = records.filter(({ type }) => type === "SOA");
  if (authorities.length > 0) return new Set(authorities.map(({ name }) => name));
  const owners = new Set(records.map(({ name }) => name.replace(/^\*\./, "")));
  return new Set([...owners].filter((name) => !namesAbove(name).some((above) => owners.has(above))));
}

/** The wildcard below the nearest name that is there (RFC 4592, section 3.3.1). */
function wildcardFor(name: string, names: ReadonlySet<string>): string {
  return `*.${namesAbove(name).find((above) => names.has(above)) ?? ""}`;
}
