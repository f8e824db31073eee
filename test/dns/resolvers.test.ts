import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { systemResolver } from "../../shared/dns/system-resolver.ts";
import { readZoneFile } from "../../shared/dns/zone-file.ts";
import { zoneResolver } from "../../shared/dns/zone-resolver.ts";
import { NotInZoneError } from "../../shared/errors.ts";
import { DNS_RECORDS, dnsResolverContract } from "../contracts/dns-resolver.ts";
import { startFakeDns } from "../support/fake-dns.ts";

dnsResolverContract("a zone file", async () => {
  const lines = Object.entries(DNS_RECORDS).flatMap(([key, values]) => {
    const [type, name] = key.split(" ");
    return values.map((value) => `${name}. ${type} ${type === "TXT" ? quoted(value) : `${value}.`}`);
  });
  const zone = ["acme.example. NS ns.acme.example.", ...lines].join("\n");
  return { resolver: zoneResolver(readZoneFile(zone, "acme.zone")), close: () => {} };
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

describe("a zone file", () => {
  const zone = `$ORIGIN acme.example.
@        SOA ns hostmaster 1 7200 3600 1209600 300
mail     MX    10 mx
alias    CNAME mail
twice    CNAME alias
round    CNAME round
abroad   CNAME mail.partner.example.
*.in     MX    10 wild
x.y.in   TXT   text
*.also   CNAME mail`;
  const ask = async (name: string, text = zone) => zoneResolver(readZoneFile(text, "acme.zone")).resolve(name, "MX");

  test.each([
    ["an alias is followed", "alias.acme.example", ["10 mx.acme.example"]],
    ["an alias of an alias, too", "twice.acme.example", ["10 mx.acme.example"]],
    ["aliases that lead in a circle lead nowhere", "round.acme.example", []],
    ["a name that is not there", "nobody.acme.example", []],
    ["a wildcard stands for names that are not there", "a.in.acme.example", ["10 wild.acme.example"]],
    ["of any depth", "a.b.in.acme.example", ["10 wild.acme.example"]],
    ["but not for those that are there with another type", "x.y.in.acme.example", []],
    ["nor for those that only lead to others", "y.in.acme.example", []],
    ["nor below them", "z.y.in.acme.example", []],
    ["nor for the name that it stands below", "in.acme.example", []],
    ["a wildcard may be an alias", "a.also.acme.example", ["10 mx.acme.example"]],
  ])("%s", async (_, name, expected) => {
    expect(await ask(name)).toEqual(expected);
  });

  test.each([
    ["above it", "example", zone],
    ["beside it", "acme.test", zone],
    ["with the same end", "notacme.example", zone],
    ["where an alias leads", "abroad.acme.example", zone],
    ["beside what stands in a part of a zone", "acme.example", "mail.acme.example. MX 10 mx.acme.example."],
    ["when nothing stands in it", "acme.example", ""],
  ])("says nothing of names that it is not about: %s", async (_, name, text) => {
    await expect(ask(name, text)).rejects.toThrow(NotInZoneError);
  });

  test("a wildcard alone is about the names that it stands for", async () => {
    const wild = "*.acme.example. MX 10 mx.acme.example.";
    expect(await ask("mail.acme.example", wild)).toEqual(["10 mx.acme.example"]);
  });

  test("whatever stands in it is found", async () => {
    const label = fc.constantFrom("a", "b", "*", "_dmarc");
    const owner = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => `${labels.join(".")}.example`);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(owner, { minLength: 1, maxLength: 6 }), async (owners) => {
        const records = owners.map((name) => ({ name, ttl: undefined, type: "TXT", data: [name] }));
        const found = owners.map((name) => zoneResolver(records).resolve(name, "TXT"));
        expect(await Promise.all(found)).toEqual(owners.map((name) => [name]));
      }),
    );
  });

  test("part of a zone is about its names, and those below", async () => {
    expect(await ask("bounce.mail.acme.example", "mail.acme.example. MX 10 mx.acme.example.")).toEqual([]);
  });
});
