import { describe, expect, test } from "vitest";
import type { Receipt, Verdicts } from "../../shared/receipt/receipt.ts";
import { saysTheSame, uniteReceipts } from "../../shared/receipt/unite-receipts.ts";
import { receiptOf } from "../support/receipts.ts";

const to = (...recipients: readonly string[]): Receipt =>
  receiptOf({ envelope: { mailFrom: "ana@client.example", recipients } });

describe("recipients are united, each once, the first announcement's first", () => {
  test.each([
    { first: ["a@x", "b@x"], second: ["b@x", "c@x"], united: ["a@x", "b@x", "c@x"] },
    { first: [], second: ["c@x"], united: ["c@x"] },
    { first: ["a@x"], second: ["a@x"], united: ["a@x"] },
  ])("$first and $second -> $united", ({ first, second, united }) => {
    expect(uniteReceipts(to(...first), to(...second)).envelope.recipients).toEqual(united);
  });
});

describe("of two verdicts the one that tells more counts, and of those the worse", () => {
  test.each<[Verdicts, Verdicts, Verdicts]>([
    [{ virus: "DISABLED" }, { virus: "PASS" }, { virus: "PASS" }],
    [{ virus: "PASS" }, { virus: "FAIL" }, { virus: "FAIL" }],
    [{ spam: "GRAY" }, { spam: "PASS" }, { spam: "GRAY" }],
    [{ spam: "PROCESSING_FAILED" }, { spam: "PASS" }, { spam: "PASS" }],
    [{ spf: "PASS" }, { dkim: "FAIL" }, { spf: "PASS", dkim: "FAIL" }],
    [{}, {}, {}],
  ])("%j and %j -> %j, in either order", (one, other, united) => {
    const [first, second] = [receiptOf({ verdicts: one }), receiptOf({ verdicts: other })];
    expect(uniteReceipts(first, second).verdicts).toEqual(united);
    expect(uniteReceipts(second, first).verdicts).toEqual(united);
  });
});

test("verdicts that are SES's word are not mixed with those that anybody can have written", () => {
  const forged = receiptOf({ origin: "rebuilt", verdicts: { dmarc: "PASS", dkim: "PASS" }, verdictsTrusted: false });
  const told = receiptOf({ verdicts: { spam: "PASS" } });
  const united = { verdicts: { spam: "PASS" }, verdictsTrusted: true };
  expect([uniteReceipts(forged, told), uniteReceipts(told, forged)]).toMatchObject([united, united]);
});

test("all else is taken from the receipt that SES's event gave", () => {
  const rebuilt = receiptOf({ origin: "rebuilt", receivedAt: "2026-11-20T09:14:03.000Z", verdictsTrusted: false });
  const told = { origin: "event", receivedAt: "2026-11-20T09:14:03.412Z", verdictsTrusted: true };
  expect(uniteReceipts(rebuilt, receiptOf())).toMatchObject(told);
  expect(uniteReceipts(receiptOf(), rebuilt)).toMatchObject(told);
});

describe("what says the same", () => {
  test.each<[string, Partial<Receipt>, boolean]>([
    ["the same recipients in another order", { envelope: { mailFrom: "a@x", recipients: ["c@x", "b@x"] } }, true],
    ["another time", { receivedAt: null }, true],
    ["fewer recipients", { envelope: { mailFrom: "a@x", recipients: ["b@x"] } }, false],
    ["more recipients", { envelope: { mailFrom: "a@x", recipients: ["b@x", "c@x", "d@x"] } }, false],
    ["other recipients", { envelope: { mailFrom: "a@x", recipients: ["b@x", "d@x"] } }, false],
    ["another sender", { envelope: { mailFrom: "", recipients: ["b@x", "c@x"] } }, false],
    ["another verdict", { verdicts: {} }, false],
    ["verdicts of another's word", { verdictsTrusted: false }, false],
  ])("%s", (_, parts, same) => {
    const receipt = receiptOf({ envelope: { mailFrom: "a@x", recipients: ["b@x", "c@x"] } });
    expect(saysTheSame(receipt, { ...receipt, ...parts })).toBe(same);
  });
});
