import { describe, expect, test } from "vitest";
import { authenticatedDomain } from "../../shared/receipt/authenticated-domain.ts";
import type { Receipt, Verdicts } from "../../shared/receipt/receipt.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";
import { headerFields } from "../support/stored-headers.ts";

/** A mail as SES stores it, with what SES says of its DKIM signatures. */
function mailFrom(from: string, results = "spf=pass; dkim=pass header.i=@client.example;") {
  const rawHeaders = headerFields(`
Return-Path: <>
Received: from mx7.client.example (mx7.client.example [203.0.113.25]) by inbound-smtp.eu-west-1.amazonaws.com with SMTP id k9p2m4c7 for desk@acme.example; Fri, 20 Nov 2026 09:14:03 +0000 (UTC)
X-SES-Spam-Verdict: PASS
X-SES-Virus-Verdict: PASS
Authentication-Results: amazonses.com; ${results}
From: ${from}`);
  return { rawHeaders, from: from.split(",").map((address) => ({ address: address.trim() })) };
}

const rebuilt = (verdicts: Verdicts, parts: Partial<Receipt> = {}) =>
  receiptOf({ origin: "rebuilt", verdicts: { spam: "PASS", virus: "PASS", ...verdicts }, ...parts });

describe("the From's domain is proven", () => {
  test.each<{ why: string; from: string; receipt: Receipt; results?: string; domain: string }>([
    { why: "DMARC passed", from: "a@Client.Example", receipt: receiptOf(), domain: "client.example" },
    {
      why: "SES's event says that its own signature holds, and it has no DMARC policy",
      from: "a@client.example",
      receipt: receiptOf({ verdicts: { ...ALL_PASS, dmarc: "GRAY" } }),
      domain: "client.example",
    },
    {
      why: "the header says that its own signature holds",
      from: "a@client.example",
      receipt: rebuilt({ dkim: "PASS" }),
      domain: "client.example",
    },
    {
      why: "a signature of the domain above it holds",
      from: "a@mail.client.example",
      receipt: rebuilt({ dkim: "PASS", dmarc: "GRAY" }),
      domain: "mail.client.example",
    },
    {
      why: "one of several signatures is its own",
      from: "a@client.example",
      receipt: rebuilt({ dkim: "PASS" }),
      results: "dkim=fail header.d=client.example; dkim=pass header.d=list.example; dkim=pass header.d=client.example;",
      domain: "client.example",
    },
  ])("$why", ({ from, receipt, results, domain }) => {
    expect(authenticatedDomain(mailFrom(from, results), receipt)).toBe(domain);
  });
});

describe("a From that every reader reads alike", () => {
  test.each([
    "a@client.example",
    "<a@client.example>",
    "Mail Delivery <a@client.example>",
    '"Delivery, \\"Mail\\"" <A@Client.example>',
    "=?utf-8?Q?Zustellung?= <a@client.example>",
    "障害 <a@client.example>",
    "a@client.example (Mail Delivery System)",
  ])("%s", (value) => {
    const mail = { rawHeaders: [{ name: "From", value }], from: [{ address: "a@client.example" }] };
    expect(authenticatedDomain(mail, receiptOf())).toBe("client.example");
  });

  test("SES may name the domain above it, for which DMARC was checked", () => {
    const mail = mailFrom("a@mail.client.example", "dkim=none; dmarc=pass header.from=client.example;");
    expect(authenticatedDomain(mail, receiptOf())).toBe("mail.client.example");
  });

  test("that SES takes it for spam is no objection: a complaint brings the spam with it", () => {
    const verdicts = { ...ALL_PASS, spam: "FAIL" } as const;
    expect(authenticatedDomain(mailFrom("a@client.example"), receiptOf({ verdicts }))).toBe("client.example");
  });
});

describe("nothing proves the From's domain", () => {
  test.each<{ why: string; from?: string; receipt: Receipt; results?: string }>([
    { why: "anybody can have written the verdicts", receipt: rebuilt(ALL_PASS, { verdictsTrusted: false }) },
    { why: "DMARC failed, whatever DKIM says", receipt: receiptOf({ verdicts: { ...ALL_PASS, dmarc: "FAIL" } }) },
    { why: "nothing passed", receipt: receiptOf({ verdicts: {} }) },
    {
      why: "SPF alone passed: of a report it is about the greeting",
      receipt: receiptOf({ verdicts: { spf: "PASS" } }),
    },
    { why: "it holds a virus", receipt: receiptOf({ verdicts: { ...ALL_PASS, virus: "FAIL" } }) },
    { why: "it has two addresses in From", from: "a@client.example, b@client.example", receipt: receiptOf() },
    { why: "its From is no address", from: "undisclosed", receipt: receiptOf() },
    {
      why: "the signature that holds is another domain's, as SES's own is on all that its customers send",
      receipt: rebuilt({ dkim: "PASS" }),
      results: "dkim=pass header.i=@amazonses.com;",
    },
    {
      why: "a signature of a domain that ends alike",
      receipt: rebuilt({ dkim: "PASS" }),
      results: "dkim=pass header.d=t.example;",
    },
    {
      why: "the signature that is its own failed",
      receipt: rebuilt({ dkim: "PASS" }),
      results: "dkim=fail header.d=client.example;",
    },
    { why: "the results do not say whose signature it is", receipt: rebuilt({ dkim: "PASS" }), results: "dkim=pass;" },
  ])("$why", ({ from = "a@client.example", receipt, results }) => {
    expect(authenticatedDomain(mailFrom(from, results), receipt)).toBeUndefined();
  });

  test.each([
    "a@evil.example\u0000@client.example",
    "<x@client.example> <a@evil.example>",
    "<x@client.example>@evil.example",
    "<a@evil.example=?utf-8?Q?=40client.example?=>",
    "<a@evil.example> X: <x@client.example>",
    "a@evil.example\\@client.example",
    "@evil.example:a@client.example",
    "Friends: a@client.example;",
    '"a@client.example" <a@evil.example',
    "a (x@client.example) @evil.example",
    "a@client.example, b@evil.example",
    "=?utf-8?Q?a=40client.example?=",
  ])("a From in which two readers may see two domains: %j", (value) => {
    const rawHeaders = [{ name: "from", value }];
    const mail = { rawHeaders, from: [{ address: "a@client.example" }] };
    expect(authenticatedDomain(mail, receiptOf())).toBeUndefined();
  });

  test("SES checked DMARC for another domain than the From that is read here", () => {
    const results = "dkim=pass header.i=@evil.example; dmarc=pass header.from=evil.example;";
    for (const origin of ["event", "rebuilt"] as const)
      expect(authenticatedDomain(mailFrom("a@client.example", results), receiptOf({ origin }))).toBeUndefined();
  });

  test("it has two From fields, of which SES may have checked either", () => {
    const mail = mailFrom("a@client.example");
    const rawHeaders = [...mail.rawHeaders, { name: "From", value: "a@client.example" }];
    expect(authenticatedDomain({ ...mail, rawHeaders }, receiptOf())).toBeUndefined();
  });

  test("SES's block is not on top: what stands below is the sender's", () => {
    const mail = mailFrom("a@client.example");
    const rawHeaders = [{ name: "x-first", value: "x" }, ...mail.rawHeaders];
    expect(authenticatedDomain({ ...mail, rawHeaders }, rebuilt({ dkim: "PASS" }))).toBeUndefined();
  });
});
