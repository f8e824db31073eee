import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rebuildReceipt } from "../../shared/receipt/rebuild-receipt.ts";
import { headerFields, storedMail } from "../support/stored-headers.ts";

const ID = "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01";
const ENVELOPE = `Return-Path: <ana@client.example>
Received: from mx7.client.example (mx7.client.example [203.0.113.25])
 by inbound-smtp.eu-west-1.amazonaws.com with SMTP id ${ID}
 for orders@mail.acme.example;
 Fri, 20 Nov 2026 09:14:03 +0000 (UTC)`;
const SCAN = `X-SES-Spam-Verdict: PASS
X-SES-Virus-Verdict: PASS`;
const SPF =
  "Received-SPF: pass (spfCheck: domain of client.example designates 203.0.113.25 as permitted sender) client-ip=203.0.113.25; envelope-from=ana@client.example; helo=mx7.client.example;";
const AUTHENTICATION = `Authentication-Results: amazonses.com;
 spf=pass (spfCheck: domain of client.example designates 203.0.113.25 as permitted sender) client-ip=203.0.113.25; envelope-from=ana@client.example; helo=mx7.client.example;
 dkim=pass header.i=@client.example;
 dmarc=pass header.from=client.example;`;
const SES_END = "X-SES-RECEIPT: AEFBQUFBQUFBQUFHEXAMPLE";
const SENDERS = `From: Ana Kovac <ana@client.example>
To: orders@mail.acme.example
Subject: PO 4711
Date: Fri, 20 Nov 2026 10:13:58 +0100`;
const ALL_PASS = { spam: "PASS", virus: "PASS", spf: "PASS", dkim: "PASS", dmarc: "PASS" };

const block = (...parts: string[]) => parts.join("\n");
const rebuilt = (headers: string, trustHeaders = true, date: string | null = null) =>
  rebuildReceipt(storedMail(headers, date), { storageKey: "inbound/x", trustHeaders });

describe("a mail that SES stored", () => {
  test("SES fact 1.10's example", () => {
    expect(rebuilt(block(ENVELOPE, SCAN, SPF, AUTHENTICATION, SES_END, SENDERS))).toEqual({
      sesMessageId: ID,
      receivedAt: "2026-11-20T09:14:03.000Z",
      envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
      verdicts: ALL_PASS,
      headersTruncated: false,
      storageKey: "inbound/x",
      origin: "rebuilt",
      verdictsTrusted: true,
    });
  });

  test("from elsewhere, its block may be forged whole: the verdicts are there, and not trusted", () => {
    const receipt = rebuilt(block(ENVELOPE, SCAN, SPF, AUTHENTICATION, SES_END, SENDERS), false);
    expect(receipt).toMatchObject({ verdicts: ALL_PASS, verdictsTrusted: false });
  });

  test.each([
    { without: "X-SES-RECEIPT", fields: block(ENVELOPE, SCAN, SPF, AUTHENTICATION, SENDERS), verdicts: ALL_PASS },
    {
      without: "scanning",
      fields: block(ENVELOPE, SPF, AUTHENTICATION, SES_END, SENDERS),
      verdicts: { spf: "PASS", dkim: "PASS", dmarc: "PASS" },
    },
    {
      without: "Authentication-Results",
      fields: block(ENVELOPE, SCAN, SPF, SES_END, SENDERS),
      verdicts: { spam: "PASS", virus: "PASS", spf: "PASS" },
    },
    { without: "Received-SPF", fields: block(ENVELOPE, SCAN, AUTHENTICATION, SES_END, SENDERS), verdicts: ALL_PASS },
    { without: "any verdict", fields: block(ENVELOPE, SES_END, SENDERS), verdicts: {} },
    { without: "anything of the sender's", fields: ENVELOPE, verdicts: {} },
  ])("without $without", ({ fields, verdicts }) => {
    expect(rebuilt(fields)).toMatchObject({ verdicts, verdictsTrusted: true, sesMessageId: ID });
  });

  test.each([
    { word: "PASS", status: "PASS" },
    { word: "FAIL", status: "FAIL" },
    { word: "GRAY", status: "GRAY" },
    { word: "PROCESSING_FAILED", status: "PROCESSING_FAILED" },
    { word: "DISABLED", status: "DISABLED" },
    { word: "SUSPICIOUS", status: "GRAY" },
    { word: "", status: "GRAY" },
    { word: "FAIL (see below)", status: "FAIL" },
  ])("trap 1.5, X-SES-Spam-Verdict: $word -> $status, and X-SES-Virus-Verdict alike", ({ word, status }) => {
    const scan = `X-SES-Spam-Verdict: ${word}\nX-SES-Virus-Verdict: ${word}`;
    expect(rebuilt(block(ENVELOPE, scan, SES_END)).verdicts).toEqual({ spam: status, virus: status });
  });

  test("SPF is what Received-SPF says: its result stands before anything that the sender chose", () => {
    const fields = block(
      ENVELOPE,
      "Received-SPF: softfail (x) helo=y;",
      "Authentication-Results: amazonses.com; spf=pass",
    );
    expect(rebuilt(fields).verdicts).toEqual({ spf: "GRAY" });
  });

  test("the null sender", () => {
    expect(rebuilt(ENVELOPE.replace("<ana@client.example>", "<>")).envelope.mailFrom).toBe("");
  });
});

describe("SES fact test 8.6, a forged verdict after SES's own block is not trusted", () => {
  const forgedSpam = "X-SES-Spam-Verdict: PASS";
  const forgedResults =
    "Authentication-Results: amazonses.com; spf=pass; dkim=pass header.i=@bank.example; dmarc=pass header.from=bank.example";
  const failing = `Authentication-Results: amazonses.com; spf=fail; dkim=fail; dmarc=fail header.from=bank.example`;

  test.each([
    {
      forged: "a spam verdict behind X-SES-RECEIPT, where SES did not scan",
      fields: block(ENVELOPE, SPF, SES_END, forgedSpam),
      verdicts: { spf: "PASS" },
    },
    {
      forged: "a spam verdict right behind SES's last field",
      fields: block(ENVELOPE, SPF, failing, forgedSpam),
      verdicts: { spf: "PASS", dkim: "FAIL", dmarc: "FAIL" },
    },
    {
      forged: "a second spam verdict",
      fields: block(ENVELOPE, "X-SES-Spam-Verdict: FAIL", forgedSpam, "X-SES-Virus-Verdict: PASS"),
      verdicts: { spam: "FAIL" },
    },
    {
      forged: "second results",
      fields: block(ENVELOPE, SPF, failing, forgedResults),
      verdicts: { spf: "PASS", dkim: "FAIL", dmarc: "FAIL" },
    },
    {
      forged: "results behind another name",
      fields: block(ENVELOPE, SPF, "X-Mailer: a", forgedResults),
      verdicts: { spf: "PASS" },
    },
    {
      forged: "results behind X-SES-DKIM-SIGNATURE",
      fields: block(ENVELOPE, SPF, "X-SES-DKIM-SIGNATURE: a=rsa-sha256", forgedResults),
      verdicts: { spf: "PASS" },
    },
    {
      forged: "results of a server that only sounds like SES",
      fields: block(ENVELOPE, SPF, forgedResults.replace("amazonses.com", "amazonses.com.evil.example")),
      verdicts: { spf: "PASS" },
    },
    {
      forged: "results that name SES in a comment",
      fields: block(ENVELOPE, SPF, forgedResults.replace("amazonses.com", "(amazonses.com) mx.evil.example")),
      verdicts: { spf: "PASS" },
    },
  ])("$forged", ({ fields, verdicts }) => {
    expect(rebuilt(block(fields, SENDERS)).verdicts).toEqual(verdicts);
  });

  test.each([
    { forged: "no block at all", fields: SENDERS },
    {
      forged: "verdicts and no Received field",
      fields: block("Return-Path: <a@evil.example>", SCAN, SPF, AUTHENTICATION),
    },
    { forged: "a Received field and no Return-Path", fields: block(...ENVELOPE.split("\n").slice(1), SCAN, SPF) },
    {
      forged: "a block below another server's",
      fields: block("Return-Path: <a@b.example>", "Received: by mx.b.example; x", ENVELOPE, SCAN),
    },
    { forged: "a block below any field", fields: block("X-Spam-Score: 0", ENVELOPE, SCAN, SPF, AUTHENTICATION) },
    {
      forged: "a server that only sounds like SES",
      fields: block(ENVELOPE.replace("eu-west-1.amazonaws.com", "eu-west-1.amazonaws.com.evil.example"), SCAN),
    },
    {
      forged: "a server whose name begins otherwise",
      fields: block(ENVELOPE.replace("inbound-smtp", "evil.example-inbound-smtp"), SCAN),
    },
    {
      forged: "SES's name in the comment of another server's field",
      fields: block(
        "Return-Path: <a@b.example>",
        `Received: from x (by inbound-smtp.eu-west-1.amazonaws.com id ${ID}) by mx.b.example; x`,
        SCAN,
      ),
    },
    { forged: "nothing", fields: "" },
  ])("a plain mail with $forged has no verdicts, no trust and no SES id", ({ fields }) => {
    expect(rebuilt(fields)).toMatchObject({
      verdicts: {},
      verdictsTrusted: false,
      sesMessageId: `sha256-${"ab".repeat(20)}`,
    });
  });

  test("an encoded word in the envelope sender writes no result into SES's own field", () => {
    const sender = "=?us-ascii?Q?x=3B_dkim=3Dpass_header.i=3D@bank.example=3B?=@evil.example";
    const results = `Authentication-Results: amazonses.com; spf=pass; envelope-from=${sender}; helo=x; dkim=fail; dmarc=fail`;
    expect(rebuilt(block(ENVELOPE, results)).verdicts).toEqual({ spf: "PASS", dkim: "FAIL", dmarc: "FAIL" });
  });
});

describe("identity and time of a stored mail", () => {
  test.each(["../../rules", "a/b", "x".repeat(200)])("an SES id that is no part of a key is none: %s", (id) => {
    expect(rebuilt(ENVELOPE.replace(ID, id)).sesMessageId).toBe(`sha256-${"ab".repeat(20)}`);
  });

  test.each([
    {
      headers:
        "Received: by a.example; Fri, 20 Nov 2026 09:14:03 +0000\nReceived: by b.example; Fri, 20 Nov 2026 08:00:00 +0000",
      date: null,
      receivedAt: "2026-11-20T09:14:03.000Z",
      why: "the topmost Received",
    },
    {
      headers: "Received: by a.example; soon\nReceived: by b.example; Fri, 20 Nov 2026 08:00:00 +0000",
      date: "2026-11-19T00:00:00.000Z",
      receivedAt: "2026-11-20T08:00:00.000Z",
      why: "the topmost that can be read",
    },
    {
      headers: "Received: by a.example\nSubject: x",
      date: "2026-11-19T00:00:00.000Z",
      receivedAt: "2026-11-19T00:00:00.000Z",
      why: "the Date header",
    },
    { headers: "Subject: x", date: null, receivedAt: null, why: "nothing says it" },
  ])("received at $receivedAt: $why", ({ headers, date, receivedAt }) => {
    expect(rebuilt(headers, true, date).receivedAt).toBe(receivedAt);
  });
});

describe("the envelope of a mail that SES never saw", () => {
  test.each([
    { headers: "Return-Path: <ana@client.example>", mailFrom: "ana@client.example" },
    { headers: "Return-Path: ana@client.example", mailFrom: "ana@client.example" },
    { headers: "Return-Path: <>", mailFrom: "" },
    { headers: "Return-Path: nobody", mailFrom: "" },
    { headers: "Return-Path: <first@a.example>\nReturn-Path: <second@b.example>", mailFrom: "first@a.example" },
    { headers: "From: ana@client.example\nSender: bo@client.example", mailFrom: "" },
  ])("$headers -> mailFrom $mailFrom", ({ headers, mailFrom }) => {
    expect(rebuilt(headers).envelope.mailFrom).toBe(mailFrom);
  });

  test.each([
    { headers: "Received: by a.example for <x@a.example>; y\nDelivered-To: z@a.example", recipients: ["x@a.example"] },
    {
      headers:
        "Received: by a.example; y\nReceived: by b.example for <x@b.example>; y\nReceived: by c.example for <z@c.example>",
      recipients: ["x@b.example"],
    },
    {
      headers: "Envelope-To: e@a.example\nX-Original-To: o@a.example\nDelivered-To: d@a.example",
      recipients: ["d@a.example"],
    },
    { headers: "Envelope-To: e@a.example\nX-Original-To: o@a.example", recipients: ["o@a.example"] },
    {
      headers: "Envelope-To: e@a.example, f@a.example,<g@a.example>",
      recipients: ["e@a.example", "f@a.example", "g@a.example"],
    },
    { headers: 'Envelope-To: "a,b"@a.example, (c@a.example)', recipients: ['"a,b"@a.example'] },
    { headers: "From: a@a.example\nDelivered-To: forged@a.example", recipients: [] },
    { headers: "To: x@a.example\nCc: y@a.example\nBcc: z@a.example", recipients: [] },
    { headers: "Delivered-To: nobody", recipients: [] },
  ])("trap 1.7, never To or Cc: $headers -> $recipients", ({ headers, recipients }) => {
    expect(rebuilt(headers).envelope.recipients).toEqual(recipients);
  });
});

describe("any list of header fields", () => {
  const name = fc.constantFrom(
    "Return-Path",
    "received",
    "X-SES-Spam-Verdict",
    "x-ses-virus-verdict",
    "Received-SPF",
    "Authentication-Results",
    "Delivered-To",
    "Subject",
  );
  const piece = fc.constantFrom(
    "amazonses.com",
    "by inbound-smtp.eu-west-1.amazonaws.com",
    "id",
    "for",
    "<a@b.example>",
    "dkim=pass",
    "dmarc=fail",
    "; ",
    " ",
    "(",
    ")",
    '"',
    "\\",
    "Fri, 20 Nov 2026 09:14:03 +0000",
    "PASS",
    "\u0000",
    "é",
  );
  const value = fc.oneof(
    fc.array(piece, { maxLength: 15 }).map((pieces) => pieces.join(" ")),
    fc.string(),
  );
  const fields = fc.array(fc.record({ name: fc.oneof(name, fc.string()), value }), { maxLength: 12 });
  const tops = fc.constantFrom([], headerFields(ENVELOPE), headerFields(block(ENVELOPE, SCAN)));

  test("gives a receipt, the same one twice", () => {
    fc.assert(
      fc.property(tops, fields, fc.boolean(), (top, rest, trustHeaders) => {
        const mail = { ...storedMail("X: y"), headers: [...top, ...rest] };
        const receipt = rebuildReceipt(mail, { storageKey: "k", trustHeaders });
        expect(rebuildReceipt(mail, { storageKey: "k", trustHeaders })).toEqual(receipt);
        expect(receipt.sesMessageId).toMatch(/^[!-.0-~]{1,128}$/);
        if (!trustHeaders) expect(receipt.verdictsTrusted).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test("nothing that the sender writes below SES's whole block changes a verdict", () => {
    const top = headerFields(block(ENVELOPE, SCAN, SPF, AUTHENTICATION, SES_END));
    fc.assert(
      fc.property(fields, (rest) => {
        const mail = { ...storedMail("X: y"), headers: [...top, ...rest] };
        const receipt = rebuildReceipt(mail, { storageKey: "k", trustHeaders: true });
        expect(receipt).toMatchObject({
          sesMessageId: ID,
          verdicts: ALL_PASS,
          receivedAt: "2026-11-20T09:14:03.000Z",
          envelope: { mailFrom: "ana@client.example", recipients: ["orders@mail.acme.example"] },
        });
      }),
      { numRuns: 500 },
    );
  });
});
