import { CreateReceiptRuleSetCommand, DeleteReceiptRuleSetCommand, SESClient } from "@aws-sdk/client-ses";
import { sesReceiptRuleSets } from "../../shared/aws/ses-receipt-rule-sets.ts";
import { receiptRuleSetsContract } from "../contracts/receipt-rule-sets.ts";
import { MOTO } from "./endpoint.ts";

// moto 5.2.1 has neither SetReceiptRulePosition nor DeleteReceiptRule.
receiptRuleSetsContract("SES of moto", async () => {
  const client = new SESClient(MOTO);
  const sets = sesReceiptRuleSets(client);
  await sets.activate(undefined);
  return {
    sets,
    createSet: (name) => client.send(new CreateReceiptRuleSetCommand({ RuleSetName: name })),
    deleteSet: (name) => client.send(new DeleteReceiptRuleSetCommand({ RuleSetName: name })),
    close: () => client.destroy(),
  };
}, ["moveRule", "removeRule"]);
