import { describe, expect, test } from "vitest";
import { ourRule, ruleOf, STOP } from "../../support/receipt-rules.ts";
import { mailroomProcess } from "../mailroom-process.ts";
import { objects, run as runMailroom } from "../run-mailroom.ts";
import { startPlace } from "./place.ts";

const orders = ruleOf("orders");
const support = ruleOf("support", { recipients: [] });

describe("status", () => {
  const next = (words: string) => `npm run mailroom -- rules-set ${words} --stage prod`;

  test("where none is active", async () => {
    const { run } = await startPlace();
    expect(await run("status")).toEqual({
      status: 0,
      stdout: `active   no receipt rule set: SES receives no mail in eu-west-1\nnext     ${next("activate --apply")}\n`,
      stderr: "",
    });
  });

  test("where ours is active", async () => {
    const { run, ses } = await startPlace();
    ses.active = "mailroom-prod";
    expect((await run("status")).stdout).toBe(
      [
        "active   mailroom-prod, the set of this deployment",
        "rules    1. mailroom-prod-store: every address at mail.acme.example, desk@acme.example  <- ours",
        "next     nothing: mail comes to Mailroom",
        "",
      ].join("\n"),
    );
  });

  test("where another is active", async () => {
    const { run, activate } = await startPlace();
    activate("acme-inbound", [ruleOf("drop-spam", { recipients: [".acme.example"], enabled: false }), support]);
    expect((await run("status", "--region", "eu-west-1")).stdout).toBe(
      [
        "active   acme-inbound, which is not mailroom-prod: no mail comes to Mailroom",
        "rules    1. drop-spam: every address at subdomains of acme.example (disabled)",
        "         2. support: every recipient of every verified domain",
        "next     put our rule among the others, which go on, or switch to our set, and they stop:",
        "         npm run mailroom -- rules-set merge --stage prod --region eu-west-1",
        "         npm run mailroom -- rules-set activate --switch --stage prod --region eu-west-1",
        "",
      ].join("\n"),
    );
  });

  test("where our rule was put into another, and is older than the deployment", async () => {
    const { run, activate } = await startPlace();
    activate("acme-inbound", [{ ...support, actions: [STOP] }, ourRule({ enabled: false })]);
    expect((await run("status")).stdout).toBe(
      [
        "active   acme-inbound, with our rule as number 2 of 2, not as it was deployed last",
        "rules    1. support: every recipient of every verified domain",
        "         2. mailroom-prod-store: every address at mail.acme.example, desk@acme.example (disabled)  <- ours",
        "warning  mailroom-prod-store is disabled: SES does not go by it until somebody enables it",
        "         support comes before mailroom-prod-store and ends the rule set: mail that both take then does not come to Mailroom",
        `next     ${next("merge --apply")}`,
        "",
      ].join("\n"),
    );
  });

  test("where the deployment's rule is gone", async () => {
    const { run, ses } = await startPlace();
    ses.sets.delete("mailroom-prod");
    expect((await run("status")).stdout).toContain("warning  There is no rule set mailroom-prod with the rule");
  });

  test("--json says the same", async () => {
    const { run, activate } = await startPlace();
    activate("acme-inbound", [orders, ourRule()]);
    expect(objects(await run("status", "--json"))).toEqual([
      {
        region: "eu-west-1",
        standing: "merged",
        active: "acme-inbound",
        ours: "mailroom-prod",
        rule: "mailroom-prod-store",
        position: 2,
        current: true,
        rules: [
          { name: "orders", enabled: true, recipients: ["orders@acme.example"] },
          { name: "mailroom-prod-store", enabled: true, recipients: ["mail.acme.example", "desk@acme.example"] },
        ],
        warnings: [],
        next: [],
      },
    ]);
  });
});

test("a stage that is not deployed is wrong use for all but restore", async () => {
  await startPlace();
  for (const command of ["status", "activate", "merge"])
    expect(await runMailroom("rules-set", command, "--stage", "dev")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there is no stack mailroom-dev"),
    });
});

test("the command as a process, from an empty account's first activation to the removal of its stack", async () => {
  const { ses } = await startPlace();
  const mailroom = (...words: string[]) => mailroomProcess(["rules-set", ...words, "--stage", "prod"]);
  expect(await mailroom("activate", "--apply")).toMatchObject({ status: 0 });
  expect(ses.active).toBe("mailroom-prod");
  expect(await mailroom("restore", "--apply", "--region", "eu-west-1")).toMatchObject({
    status: 0,
    stderr: "mailroom: no rule set was active before: SES then receives no mail at all\n",
  });
  expect(ses.active).toBeUndefined();
});
