import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DnsResolver, DnsType } from "../../shared/ports.ts";

/** What DNS has, in the tests of every resolver: `MX mail.acme.example`; strings of one text are parted by `|`. */
export const DNS_RECORDS = {
  "MX mail.acme.example": ["10 Inbound-SMTP.eu-west-1.amazonaws.com", "20 backup.acme.example"],
  "TXT mail.acme.example": ["v=spf1 -all", "a long |text"],
  "CNAME key._domainkey.acme.example": ["Key.dkim.amazonses.com"],
} as const;

interface Subject {
  readonly resolver: DnsResolver;
  close(): unknown;
}

/** What every implementation of `DnsResolver` does with `DNS_RECORDS`. */
export function dnsResolverContract(name: string, start: () => Promise<Subject>): void {
  describe(`resolver: ${name}`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await start();
    });
    afterAll(() => subject.close());

    test.each<[title: string, name: string, type: DnsType, expected: readonly string[]]>([
      [
        "MX: preference and host, in lower case and without the last dot",
        "mail.acme.example",
        "MX",
        ["10 inbound-smtp.eu-west-1.amazonaws.com", "20 backup.acme.example"],
      ],
      ["TXT: the strings of one text are joined", "mail.acme.example", "TXT", ["a long text", "v=spf1 -all"]],
      ["CNAME: where it leads", "key._domainkey.acme.example", "CNAME", ["key.dkim.amazonses.com"]],
      ["a name in capital letters, with a dot at its end", "MAIL.acme.example.", "TXT", ["a long text", "v=spf1 -all"]],
      ["a name without records of the type has none", "mail.acme.example", "CNAME", []],
      ["a name that does not exist has none", "nobody.acme.example", "MX", []],
    ])("%s", async (_, asked, type, expected) => {
      expect((await subject.resolver.resolve(asked, type)).toSorted()).toEqual(expected);
    });
  });
}
