import { expect, onTestFinished, test } from "vitest";
import { systemResolver } from "../../shared/dns/system-resolver.ts";
import { readZoneFile } from "../../shared/dns/zone-file.ts";
import { zoneResolver } from "../../shared/dns/zone-resolver.ts";
import { DNS_RECORDS, dnsResolverContract } from "../contracts/dns-resolver.ts";
import { startFakeDns } from "../support/fake-dns.ts";

dnsResolverContract("a zone file", async () => {
  const lines = Object.entries(DNS_RECORDS).flatMap(([key, values]) => {
    const [type, name] = key.split(" ");
    return values.map((value) => `${name}. ${type} ${type === "TXT" ? quoted(value) : `${value}.`}`);
  });
  return { resolver: zoneResolver(readZoneFile(lines.join("\n"), "acme.zone")), close: () => {} };
});

function quoted(text: string): string {
  return text
    .split("|")
    .map((part) => `"${part}"`)
    .join(" ");
}

dnsResolverContract("a name server", async () => {
  const dns = await startFakeDns(DNS_RECORDS);
  return { resolver: systemResolver([dns.server]), close: () => dns.close() };
});

test("a name server that fails is not taken for one that knows of nothing", async () => {
  const dns = await startFakeDns({});
  onTestFinished(() => dns.close());
  await expect(systemResolver([dns.server]).resolve("failing.acme.example", "MX")).rejects.toThrow("ESERVFAIL");
});

test.each([
  ["an alias is followed", "alias.acme.example", ["10 mx.acme.example"]],
  ["an alias of an alias, too", "twice.acme.example", ["10 mx.acme.example"]],
  ["aliases that lead in a circle lead nowhere", "round.acme.example", []],
])("a zone file: %s", async (_, name, expected) => {
  const zone = `$ORIGIN acme.example.
    mail  MX    10 mx
    alias CNAME mail
    twice CNAME alias
    round CNAME round`.replaceAll(/^ +/gm, "");
  expect(await zoneResolver(readZoneFile(zone, "acme.zone")).resolve(name, "MX")).toEqual(expected);
});
