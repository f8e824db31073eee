import { CreateReceiptRuleSetCommand, DeleteReceiptRuleSetCommand } from "@aws-sdk/client-ses";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { sesReceiptRuleSets } from "../../shared/aws/ses-receipt-rule-sets.ts";
import { receiptRuleSetsContract } from "../contracts/receipt-rule-sets.ts";
import { startFakeReceiptRules } from "../support/fake-ses-receipt-rules.ts";
import { ASK, ourRule, ruleOf } from "../support/receipt-rules.ts";

async function start() {
  const ses = await startFakeReceiptRules();
  const client = ses.client();
  return {
    ses,
    sets: sesReceiptRuleSets(client),
    createSet: (name: string) => client.send(new CreateReceiptRuleSetCommand({ RuleSetName: name })),
    deleteSet: (name: string) => client.send(new DeleteReceiptRuleSetCommand({ RuleSetName: name })),
    close: () => ses.close(),
  };
}

receiptRuleSetsContract("SES over its wire format", start);

async function startWithSet() {
  const { ses, sets, close } = await start();
  onTestFinished(close);
  ses.sets.set("acme-inbound", [ruleOf("orders")]);
  return { ses, sets };
}

test("our own rule is the same in another set", async () => {
  const { ses, sets } = await startWithSet();
  const rule = ourRule({ tlsPolicy: "Require", actions: [ASK, ...ourRule().actions] });
  await sets.addRule("acme-inbound", rule, "orders");
  expect(ses.sets.get("acme-inbound")).toEqual([ruleOf("orders"), rule]);
});

test("whatever is written in a rule, it is given back so", async () => {
  const { sets } = await startWithSet();
  const text = fc.stringMatching(/^[ -~\u00a0-\u07ff]{1,20}$/).map((written) => `x${written}x`);
  const settings = fc.dictionary(fc.constantFrom("TopicArn", "Encoding"), text, { minKeys: 1 });
  const rule = fc.record({
    name: fc.constant("orders"),
    enabled: fc.boolean(),
    tlsPolicy: fc.constantFrom("Require" as const, "Optional" as const),
    scanEnabled: fc.boolean(),
    recipients: fc.array(text, { maxLength: 12 }),
    actions: fc.array(fc.record({ type: fc.constantFrom("SNSAction"), settings }), { maxLength: 10 }),
  });
  await fc.assert(
    fc.asyncProperty(rule, async (written) => {
      await sets.updateRule("acme-inbound", written);
      expect((await sets.find("acme-inbound"))?.rules).toEqual([written]);
    }),
  );
});

test("a rule whose bucket SES cannot write to is refused, in SES's words", async () => {
  const { ses, sets } = await startWithSet();
  const rule = ourRule();
  ses.closedBuckets.add(rule.actions[0]?.settings["BucketName"] ?? "");
  await expect(sets.addRule("acme-inbound", rule, undefined)).rejects.toThrow(/^Could not write to bucket: /);
});

test("a set takes no more than 200 rules", async () => {
  const { ses } = await startWithSet();
  ses.sets.set(
    "acme-inbound",
    Array.from({ length: 200 }, (_, at) => ruleOf(`r${at}`)),
  );
  // The SDK takes this code for throttling, and would try again.
  const added = sesReceiptRuleSets(ses.client({ maxAttempts: 1 })).addRule("acme-inbound", ourRule(), undefined);
  await expect(added).rejects.toMatchObject({ name: "LimitExceededException" });
});

test("what SES throttles is tried again", async () => {
  const { ses, sets } = await startWithSet();
  ses.fail({ operation: "SetActiveReceiptRuleSet", answer: "Throttling" });
  await sets.activate("acme-inbound");
  expect(ses.active).toBe("acme-inbound");
});
