import { describe, expect, test } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { ourRule, ruleOf, STOP } from "../../support/receipt-rules.ts";
import { DRY, startPlace } from "./place.ts";

const orders = ruleOf("orders");
const support = ruleOf("support", { recipients: [] });

describe("merge", () => {
  test("is a dry run that tells where our rule would stand", async () => {
    const { run, activate, changes, kept } = await startPlace();
    activate("acme-inbound", [orders, { ...support, actions: [STOP] }]);
    expect(await run("merge")).toEqual({
      status: 0,
      stdout: "add          mailroom-prod-store to acme-inbound, after support\n",
      stderr: `mailroom: support comes before mailroom-prod-store and ends the rule set: mail that both take then does not come to Mailroom\n${DRY}`,
    });
    expect([kept(), changes()]).toEqual([null, []]);
  });

  test("--apply puts our rule among theirs; a second time it changes nothing; after a deployment it is brought up to date", async () => {
    const { run, ses, activate, changes, kept } = await startPlace();
    activate("acme-inbound", [orders, support]);
    await run("merge", "--position", "after:orders", "--apply");
    expect(ses.sets.get("acme-inbound")).toEqual([orders, ourRule(), support]);
    expect([ses.active, kept()]).toEqual(["acme-inbound", { v: 1, mergedInto: ["acme-inbound"] }]);

    expect(await run("merge", "--apply")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: "mailroom-prod-store is in acme-inbound already, as it was deployed.\n",
    });
    expect(changes()).toEqual(["CreateReceiptRule acme-inbound mailroom-prod-store"]);

    const newer = ourRule({ recipients: ["acme.example"] });
    ses.sets.set("mailroom-prod", [newer]);
    await run("merge", "--position", "first", "--apply");
    expect(ses.sets.get("acme-inbound")).toEqual([newer, orders, support]);
  });

  test("what SES refuses is told in its words, and the steps behind it are not taken", async () => {
    const { run, ses, activate, rulesOf } = await startPlace();
    activate("acme-inbound", [ourRule({ tlsPolicy: "Require" }), orders]);
    ses.closedBuckets.add(OUTPUTS.MailBucket);
    expect(await run("merge", "--position", "last", "--apply")).toEqual({
      status: 1,
      stdout:
        "update       mailroom-prod-store in acme-inbound [failed]\nmove         mailroom-prod-store in acme-inbound, after orders [not done]\n",
      stderr: `mailroom: Could not write to bucket: ${OUTPUTS.MailBucket}\n`,
    });
    expect(rulesOf("acme-inbound")).toEqual(["mailroom-prod-store", "orders"]);
  });

  test.each([
    ["a new copy", [orders], /^add .*\[failed\]\n$/],
    [
      "a copy to be brought up to date and moved",
      [ourRule({ tlsPolicy: "Require" }), orders],
      /^update .*\[failed\]\nmove .*\[not done\]\n$/,
    ],
    ["a copy to be moved", [ourRule(), orders], /^move .*\[failed\]\n$/],
  ])("trap 1.19: %s does not go into a set that is no longer the active one", async (_, rules, told) => {
    const { run, ses, activate, changes } = await startPlace();
    activate("acme-inbound", rules);
    ses.sets.set("newer", []);
    // The first time it is asked for the plan, the second time before the change.
    ses.fail({ operation: "DescribeActiveReceiptRuleSet" });
    ses.fail({ operation: "DescribeActiveReceiptRuleSet", meanwhile: () => (ses.active = "newer") });
    const { status, stdout, stderr } = await run("merge", "--position", "last", "--apply");
    expect([status, stdout, changes()]).toEqual([1, expect.stringMatching(told), []]);
    expect(stderr).toContain("mailroom: The active rule set, now newer, was changed by somebody else meanwhile");
  });

  test("--position that is none is wrong use", async () => {
    const { run } = await startPlace();
    expect(await run("merge", "--position", "middle")).toMatchObject({ status: 2 });
  });
});
