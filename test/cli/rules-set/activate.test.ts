import { describe, expect, test } from "vitest";
import { ruleOf } from "../../support/receipt-rules.ts";
import { objects } from "../run-mailroom.ts";
import { DRY, startPlace } from "./place.ts";

const orders = ruleOf("orders");
const support = ruleOf("support", { recipients: [] });

describe("activate", () => {
  test("is a dry run, as everywhere", async () => {
    const { run, ses, kept, changes } = await startPlace();
    expect(await run("activate")).toEqual({ status: 0, stdout: "activate     mailroom-prod\n", stderr: DRY });
    expect([ses.active, kept(), changes()]).toEqual([undefined, null, []]);
  });

  test("--apply makes our set the active one where none is, once", async () => {
    const { run, ses, kept, changes } = await startPlace();
    expect(await run("activate", "--apply")).toEqual({
      status: 0,
      stdout: "activated    mailroom-prod\n",
      stderr: "To put back what was before: npm run mailroom -- rules-set restore --apply --stage prod\n",
    });
    expect([ses.active, kept()]).toEqual(["mailroom-prod", { v: 1, activeBefore: null, mergedInto: [] }]);
    expect(await run("activate", "--apply")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: "mailroom-prod is the active rule set already.\n",
    });
    expect(changes()).toEqual(["SetActiveReceiptRuleSet mailroom-prod"]);
  });

  test("trap 1.19: the active set of somebody else is not replaced without --switch, --apply or not", async () => {
    const { run, ses, activate, kept, changes } = await startPlace();
    activate("acme-inbound", [orders, support]);
    const { status, stdout, stderr } = await run("activate", "--apply");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toBe(
      [
        "mailroom: acme-inbound is the active rule set, and there is one at a time. Nothing was changed.",
        "With mailroom-prod in its place these rules get no mail any more:",
        "  orders: orders@acme.example",
        "  support: every recipient of every verified domain",
        "To leave it active and put our rule into it: npm run mailroom -- rules-set merge --stage prod",
        "To switch all the same: npm run mailroom -- rules-set activate --switch --stage prod",
        "",
      ].join("\n"),
    );
    expect([ses.active, kept(), changes()]).toEqual(["acme-inbound", null, []]);
  });

  test("--switch tells what stops, and --apply with it switches", async () => {
    const { run, ses, activate, kept } = await startPlace();
    activate("acme-inbound", [orders]);
    expect(await run("activate", "--switch")).toEqual({
      status: 0,
      stdout: "activate     mailroom-prod in the place of acme-inbound\nstops        orders: orders@acme.example\n",
      stderr: `mailroom: from then on SES refuses mail for orders@acme.example: mailroom-prod-store does not take it\n${DRY}`,
    });
    expect(ses.active).toBe("acme-inbound");
    expect(objects(await run("activate", "--switch", "--apply", "--json"))).toEqual([
      {
        do: "activate",
        set: "mailroom-prod",
        rule: null,
        after: null,
        stops: [{ rule: "orders", recipients: ["orders@acme.example"] }],
        status: "done",
      },
    ]);
    expect([ses.active, kept()]).toEqual(["mailroom-prod", { v: 1, activeBefore: "acme-inbound", mergedInto: [] }]);
  });

  test("trap 1.19: a set that somebody made active meanwhile is left", async () => {
    const { run, ses, activate, s3 } = await startPlace();
    activate("acme-inbound", [orders]);
    ses.sets.set("newer", []);
    // The first time it is asked for the plan, the second time before the change.
    ses.fail({ operation: "DescribeActiveReceiptRuleSet" });
    ses.fail({ operation: "DescribeActiveReceiptRuleSet", meanwhile: () => (ses.active = "newer") });
    const { status, stdout, stderr } = await run("activate", "--switch", "--apply");
    expect([status, ses.active]).toEqual([1, "newer"]);
    expect(stdout).toContain("activate     mailroom-prod in the place of acme-inbound [failed]\n");
    expect(stderr).toContain(
      "mailroom: The active rule set, now newer, was changed by somebody else meanwhile, and stays as it is now: look at it, and run the command again\n",
    );
    expect(s3.requests).toHaveLength(2);
  });

  test("what was before is written first: where it cannot be, nothing changes", async () => {
    const { run, ses, s3, activate } = await startPlace();
    activate("acme-inbound", [orders]);
    s3.fail({ operation: "PutObject", answer: "AccessDenied" });
    expect(await run("activate", "--switch", "--apply")).toMatchObject({ status: 1, stdout: "" });
    expect(ses.active).toBe("acme-inbound");
  });

  test("what was before is not overwritten when somebody else kept it meanwhile", async () => {
    const { run, ses, s3 } = await startPlace();
    s3.fail({ operation: "PutObject", answer: "PreconditionFailed" });
    const { status, stderr } = await run("activate", "--apply");
    expect([status, ses.active]).toEqual([1, undefined]);
    expect(stderr).toContain("receipt-rule-set/before.json was changed by somebody else meanwhile");
  });

  test("a run that dies after what was before is written loses nothing", async () => {
    const { run, ses, activate, kept } = await startPlace();
    activate("acme-inbound", [orders]);
    ses.fail({ operation: "SetActiveReceiptRuleSet", answer: "AccessDenied" });
    expect(await run("activate", "--switch", "--apply")).toMatchObject({ status: 1 });
    expect(await run("restore", "--apply")).toMatchObject({ status: 0, stdout: "" });
    expect(await run("activate", "--switch", "--apply")).toMatchObject({ status: 0 });
    expect(kept()).toMatchObject({ activeBefore: "acme-inbound" });
    expect(await run("restore", "--apply")).toMatchObject({ status: 0 });
    expect(ses.active).toBe("acme-inbound");
  });
});
