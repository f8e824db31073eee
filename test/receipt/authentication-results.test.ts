import { describe, expect, test } from "vitest";
import {
  passingSigners,
  readAuthenticationResults,
  readReceivedSpf,
} from "../../shared/receipt/authentication-results.ts";
import { VERDICT_STATUSES } from "../../shared/receipt/receipt.ts";

const read = (results: string) => readAuthenticationResults(`amazonses.com; ${results}`);

const RESULTS = [
  { result: "pass", status: "PASS" },
  { result: "PASS", status: "PASS" },
  { result: "fail", status: "FAIL" },
  { result: "hardfail", status: "FAIL" },
  { result: "softfail", status: "GRAY" },
  { result: "neutral", status: "GRAY" },
  { result: "none", status: "GRAY" },
  { result: "policy", status: "GRAY" },
  { result: "temperror", status: "PROCESSING_FAILED" },
  { result: "permerror", status: "PROCESSING_FAILED" },
  { result: "error", status: "PROCESSING_FAILED" },
  { result: "unknown", status: "PROCESSING_FAILED" },
  { result: "splendid", status: "GRAY" },
  { result: '"pass"', status: "GRAY" },
  { result: "constructor", status: "GRAY" },
  { result: "", status: "GRAY" },
];

describe("results become the statuses of SES fact 1.9.1", () => {
  test.each(RESULTS)("$result -> $status", ({ result, status }) => {
    expect(read(`spf=${result}`)).toEqual({ spf: status });
    expect(read(`dkim=${result}`)).toEqual({ dkim: status });
    expect(read(`dmarc=${result}`)).toEqual({ dmarc: status });
    expect(readReceivedSpf(`${result} (spfCheck: a comment) client-ip=203.0.113.25;`)).toBe(status);
  });

  test("SES's own field", () => {
    const field =
      "spf=softfail (spfCheck: transitioning domain of client.example does not designate 203.0.113.25 as permitted sender) client-ip=203.0.113.25; envelope-from=ana@client.example; helo=mx7.client.example; dkim=pass header.i=@client.example; dmarc=fail header.from=client.example;";
    expect(read(field)).toEqual({ spf: "GRAY", dkim: "PASS", dmarc: "FAIL" });
  });

  test.each([
    { results: "", verdicts: {} },
    { results: "none", verdicts: {} },
    { results: "=pass", verdicts: {} },
    { results: "arc=pass; iprev=pass", verdicts: {} },
    { results: "spf = pass ; dkim\t=\tfail", verdicts: { spf: "PASS", dkim: "FAIL" } },
    { results: "spf (x) = (y) pass (z)", verdicts: { spf: "PASS" } },
    { results: "spf/1=pass", verdicts: { spf: "PASS" } },
    { results: "SPF=Pass", verdicts: { spf: "PASS" } },
  ])("$results -> $verdicts", ({ results, verdicts }) => {
    expect(read(results)).toEqual(verdicts);
  });

  test("the first part names the server and is no result", () => {
    expect(readAuthenticationResults("spf=pass; dkim=fail")).toEqual({ dkim: "FAIL" });
  });
});

describe("several signatures (RFC 6376 section 6.1)", () => {
  test.each([
    { results: "dkim=fail; dkim=pass", dkim: "PASS", why: "one good one is enough" },
    { results: "dkim=none; dkim=fail; dkim=temperror", dkim: "FAIL", why: "else the worst counts" },
    { results: "dkim=none; dkim=permerror", dkim: "PROCESSING_FAILED", why: "else the worst counts" },
    {
      results: "dkim=pass header.i=@client.example; dmarc=pass header.from=client.example",
      dkim: "PASS",
      why: "the From domain's own",
    },
    {
      results: "dkim=pass header.i=ana@mail.client.example; dmarc=pass header.from=client.example",
      dkim: "PASS",
      why: "a domain below it",
    },
    {
      results: "dkim=pass header.d=Client.Example; dmarc=pass header.from=news.client.example",
      dkim: "PASS",
      why: "a domain above it",
    },
    {
      results: "dkim=pass header.i=@evil.example; dmarc=fail header.from=client.example",
      dkim: "GRAY",
      why: "a stranger's signature says nothing of the sender",
    },
    {
      results: "dkim=pass header.i=@evilclient.example; dmarc=fail header.from=client.example",
      dkim: "GRAY",
      why: "an ending is no domain",
    },
    {
      results:
        "dkim=fail header.i=@client.example; dkim=pass header.i=@evil.example; dmarc=fail header.from=client.example",
      dkim: "FAIL",
      why: "a stranger's does not mend the sender's",
    },
    {
      results:
        "dkim=pass header.i=@client.example; dkim=pass header.i=@amazonses.com; dmarc=pass header.from=client.example",
      dkim: "PASS",
      why: "the sender's beside SES's",
    },
  ])("$results -> $dkim: $why", ({ results, dkim }) => {
    expect(read(results).dkim).toBe(dkim);
  });
});

describe("text that the sender chose makes no result", () => {
  test.each([
    { results: "spf=fail (dkim=pass)", verdicts: { spf: "FAIL" } },
    { results: "spf=fail (a (nested; dkim=pass) b; dmarc=pass); dkim=fail", verdicts: { spf: "FAIL", dkim: "FAIL" } },
    { results: "spf=fail (\\); dkim=pass); dkim=fail", verdicts: { spf: "FAIL", dkim: "FAIL" } },
    {
      results: 'spf=fail; envelope-from="a; dkim=pass header.i=@bank.example; b"@evil.example; dkim=fail',
      verdicts: { spf: "FAIL", dkim: "FAIL" },
    },
    {
      results: 'spf=fail; envelope-from="\\"; dmarc=pass; "@evil.example; dmarc=fail',
      verdicts: { spf: "FAIL", dmarc: "FAIL" },
    },
    { results: "dmarc=pass; dmarc=fail", verdicts: { dmarc: "FAIL" } },
    { results: "dmarc=fail; dmarc=pass", verdicts: { dmarc: "FAIL" } },
    { results: "spf=fail x=spf=pass", verdicts: { spf: "FAIL" } },
    { results: "spf=fail pass", verdicts: { spf: "FAIL" } },
  ])("$results", ({ results, verdicts }) => {
    expect(read(results)).toEqual(verdicts);
  });

  test.each(["(", '"'])("a host that calls itself %s does not hide the failures behind it", (helo) => {
    const verdicts = read(`spf=fail; helo=${helo}; dkim=fail; dmarc=fail header.from=bank.example`);
    expect(verdicts).toEqual({ spf: "FAIL", dkim: "PROCESSING_FAILED", dmarc: "PROCESSING_FAILED" });
  });
});

test("only statuses that SES has come out", () => {
  for (const { result } of RESULTS) expect(VERDICT_STATUSES).toContain(readReceivedSpf(result));
});

describe("a DKIM signature that is not the From domain's is GRAY, however its signer is written", () => {
  test.each([
    "header.i=@evil.example",
    "header.i=evil.example",
    "header.i=a@client.example@evil.example",
    "header.d=example",
  ])("%s", (signer) => {
    expect(read(`dkim=pass ${signer}; dmarc=none header.from=client.example;`)).toMatchObject({ dkim: "GRAY" });
  });

  test("an identity with two @ names no domain", () => {
    expect(
      read("dkim=pass header.i=a@evil.example@client.example; dmarc=none header.from=client.example;"),
    ).toMatchObject({
      dkim: "GRAY",
    });
    expect(passingSigners("amazonses.com; dkim=pass header.i=a@evil.example@client.example")).not.toContain(
      "client.example",
    );
  });
});
