import { Resolver } from "node:dns/promises";
import { errorCode } from "../errors.ts";
import type { DnsResolver } from "../ports.ts";
import { comparableName } from "./domain-name.ts";

/** Milliseconds for the first try; each further one takes longer. */
const TIMEOUT = 2_000;

/** There is no such name, or it has no record of this type. */
const NOTHING = new Set(["ENOTFOUND", "ENODATA"]);

/** @param servers `address` or `address:port`; without any, those of the machine */
export function systemResolver(servers?: readonly string[]): DnsResolver {
  const resolver = new Resolver({ timeout: TIMEOUT, tries: 2 });
  if (servers) resolver.setServers(servers);

  const asked: { readonly [Type in Parameters<DnsResolver["resolve"]>[1]]: (name: string) => Promise<string[]> } = {
    CNAME: async (name) => (await resolver.resolveCname(name)).map(comparableName),
    MX: async (name) =>
      (await resolver.resolveMx(name)).map(({ priority, exchange }) => `${priority} ${comparableName(exchange)}`),
    TXT: async (name) => (await resolver.resolveTxt(name)).map((texts) => texts.join("")),
  };

  return {
    async resolve(name, type) {
      try {
        return await asked[type](name);
      } catch (error) {
        if (NOTHING.has(errorCode(error) ?? "")) return [];
        throw error;
      }
    },
  };
}
