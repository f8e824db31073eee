import { describe, expect, test } from "vitest";
import { receivingDomains } from "../../../cli/dns/receiving-domains.ts";

describe("domains whose mail has to come to SES", () => {
  test.each<[conditions: readonly string[], domains: readonly string[], parents: readonly string[]]>([
    [[], ["acme.example"], []],
    [["acme.example"], ["acme.example"], []],
    [["in.acme.example"], ["in.acme.example"], []],
    [["desk@Help.acme.example", "help.acme.example", "a@acme.example"], ["help.acme.example", "acme.example"], []],
    [[".acme.example"], [], ["acme.example"]],
    [[".example"], ["acme.example"], ["example"]],
    [["acme.example", ".acme.example", "a@b@partner.example"], ["acme.example", "partner.example"], ["acme.example"]],
  ])("recipients %j: %j, and below %j", (Recipients, domains, parents) => {
    expect(receivingDomains({ Domain: "acme.example", Recipients: [...Recipients] })).toEqual({ domains, parents });
  });
});
