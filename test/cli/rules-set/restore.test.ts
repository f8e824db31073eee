import { describe, expect, test } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { ruleOf } from "../../support/receipt-rules.ts";
import { DRY, startPlace } from "./place.ts";

const orders = ruleOf("orders");
const support = ruleOf("support", { recipients: [] });

describe("restore", () => {
  test("activates what was active before, and forgets it", async () => {
    const { run, ses, activate, kept } = await startPlace();
    activate("acme-inbound", [orders]);
    await run("activate", "--switch", "--apply");
    expect(await run("restore")).toMatchObject({ status: 0, stderr: DRY });
    expect(ses.active).toBe("mailroom-prod");
    expect(await run("restore", "--apply")).toEqual({
      status: 0,
      stdout:
        "activated    acme-inbound in the place of mailroom-prod\nstops        mailroom-prod-store: every address at mail.acme.example, desk@acme.example\n",
      stderr: "",
    });
    expect([ses.active, kept()]).toEqual(["acme-inbound", { v: 1, mergedInto: [] }]);
  });

  test("without what was before it can only stop receiving, and says so", async () => {
    const { run, ses } = await startPlace();
    ses.active = "mailroom-prod";
    const { status, stdout, stderr } = await run("restore", "--apply");
    expect([status, ses.active]).toEqual([0, undefined]);
    expect(stdout).toContain("deactivated  mailroom-prod, and no other rule set in its place\n");
    expect(stderr).toBe(
      "mailroom: it is not known which rule set was active before: SES then receives no mail at all\n",
    );
  });

  test("a set that was deleted meanwhile is not missed", async () => {
    const { run, ses, activate } = await startPlace();
    activate("acme-inbound", [orders]);
    await run("activate", "--switch", "--apply");
    ses.sets.delete("acme-inbound");
    const { status, stderr } = await run("restore", "--apply");
    expect([status, ses.active]).toEqual([0, undefined]);
    expect(stderr).toContain("acme-inbound, which was active before, is not there any more");
  });

  test("takes our rule out of every set that it was put into, also of one that is not active any more", async () => {
    const { run, activate, rulesOf } = await startPlace();
    activate("acme-inbound", [orders]);
    await run("merge", "--apply");
    activate("newer", [support]);
    await run("merge", "--apply");
    const { stdout } = await run("restore", "--apply");
    expect(stdout).toBe(
      "taken out    mailroom-prod-store of newer\ntaken out    mailroom-prod-store of acme-inbound\n",
    );
    expect([rulesOf("acme-inbound"), rulesOf("newer")]).toEqual([["orders"], ["support"]]);
  });

  test("does nothing where nothing is ours, as before a stack is removed", async () => {
    const { run, activate, changes, s3 } = await startPlace();
    activate("acme-inbound", [orders]);
    expect(await run("restore", "--apply")).toMatchObject({
      status: 0,
      stderr: "There is nothing to restore: mailroom-prod is not the active rule set, and no other set has our rule.\n",
    });
    expect([changes(), s3.requests.filter((request) => request.startsWith("Put"))]).toEqual([[], []]);
  });

  test("has nothing to do where there is no stack", async () => {
    const { run, cloudFormation, ses } = await startPlace();
    cloudFormation.stacks.delete("mailroom-prod");
    expect(await run("restore", "--apply")).toEqual({
      status: 0,
      stdout: "",
      stderr: "There is nothing to restore: there is no stack mailroom-prod.\n",
    });
    expect(ses.requests).toEqual([]);
  });

  test("stops mail to the set of a stack that tells nothing of itself, because its deployment failed", async () => {
    const { run, cloudFormation, ses } = await startPlace();
    cloudFormation.stacks.set("mailroom-prod", { ServerlessDeploymentBucketName: "mailroom-prod-deployment" });
    expect((await run("restore", "--apply")).stderr).toContain("There is nothing to restore: mailroom-prod is not");
    ses.active = "mailroom-prod";
    expect((await run("restore", "--apply")).status).toBe(0);
    expect(ses.active).toBeUndefined();
  });

  test.each([
    "",
    "{",
    "[]",
    '{"v":2,"mergedInto":[]}',
    '{"v":1,"mergedInto":"acme"}',
    '{"v":1,"activeBefore":1,"mergedInto":[]}',
  ])("what was kept and is not ours is told, and nothing is changed: %j", async (text) => {
    const { run, ses, keep, changes } = await startPlace();
    ses.active = "mailroom-prod";
    keep(text);
    const { status, stderr } = await run("restore", "--apply");
    expect([status, changes()]).toEqual([2, []]);
    expect(stderr).toContain(`expected in s3://${OUTPUTS.ConfigBucket}/receipt-rule-set/before.json`);
  });
});
