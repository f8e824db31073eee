import { describe, expect, test, vi } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { receiptOf } from "../../support/receipts.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { objects, rulesFile } from "../run-mailroom.ts";
import { mail } from "../small-mail.ts";
import { announced, openEntry, RULES, receiptFor, sourceOf, startPlace, told } from "./place.ts";

vi.setConfig({ testTimeout: 30_000 });

describe("what a mail is decided on", () => {
  const SALES = { envelope: { mailFrom: "ana@client.example", recipients: ["sales@mail.acme.example"] } };

  test("the recipients that were announced, which the headers do not name", async () => {
    const { replay, store, mailLog } = await startPlace();
    for (const name of ["known", "unknown"]) store(name, mail("hello"));
    await mailLog.put(openEntry("known", { receipt: receiptFor("known", SALES) }));
    const result = await replay("--json");
    expect(told(result)).toEqual(["known processed sales planned", "unknown processed"]);
    expect(objects(result)[0]).toMatchObject({ ...SALES, source: sourceOf("known"), rebuilt: false });
  });

  test("that of a mail under an odd id, which only SES's event is believed about", async () => {
    const { replay, lambda, s3, sent } = await startPlace();
    s3.objects.set(`${OUTPUTS.MailBucket}/mail/second`, Buffer.from(mail("outage")));
    const receipt = receiptOf({ sesMessageId: "second", storageKey: "mail/second", ...SALES });
    await lambda({ sesMessageId: "second", storageKey: "mail/second", receipt, content: undefined });
    expect(told(await replay("--apply", "--json"))).toEqual(["second duplicate outage skipped sales skipped"]);
    expect(sent()).toHaveLength(2);
  });

  test("an alert of ours that came back is known by the mail log, as process-mail knows it", async () => {
    const { replay, lambda, sns, store } = await startPlace();
    store("first");
    await lambda(announced("first"));
    const email = sns.published[0]?.bodies["email"] ?? "";
    store("returned", `From: AWS Notifications <no-reply@sns.amazonaws.com>\r\nSubject: outage\r\n\r\n${email}\r\n`);
    expect(told(await replay("--json"))[1]).toBe("returned ignored");
  });

  test("rules that changed since: only what was never sent is missed, and sent once", async () => {
    const { replay, lambda, putRules, sent, store } = await startPlace();
    store("old", mail("outage: invoice"));
    await lambda(announced("old"));
    putRules(`${RULES}  - { name: invoice, when: { keywords: [invoice] } }\n`);
    const looked = await replay("--json");
    expect(told(looked)).toEqual(["old processed outage skipped invoice planned"]);
    expect(looked.stderr).toContain("1  handled before, and the rules call for more now");
    expect(told(await replay("--apply", "--json"))).toEqual(["old processed outage skipped invoice done"]);
    await replay("--apply");
    expect(sent()).toEqual(["outage old", "invoice old"]);
  });
});

describe("which rules", () => {
  const OTHER = "rules:\n  - { name: hello, when: { keywords: [hello] } }\n";

  test("--rules, before those in the configuration bucket", async () => {
    const { replay, store } = await startPlace();
    store("m", mail("hello"));
    const file = rulesFile(OTHER);
    const result = await replay("--json", "--rules", file);
    expect(told(result)).toEqual(["m processed hello planned"]);
    expect(result.stderr).toContain(`Rules: ${file}, version `);
  });

  test.each([
    { source: "bundle", words: "the functions go by those that they were deployed with, which may be others" },
    { source: "s3", words: "there are none in s3://" },
  ])("rules/STAGE.yml, where the functions have theirs from the deployment ($source)", async ({ source, words }) => {
    const { replayInProcess, s3, store } = await startPlace({ RulesSource: source });
    s3.objects.delete(`${OUTPUTS.ConfigBucket}/rules.yml`);
    store("m", mail("hello"));
    const folder = temporaryFolder({ "rules/prod.yml": OTHER, "rules.yml": RULES });
    const result = await replayInProcess(folder, "--json");
    expect(told(result)).toEqual(["m processed hello planned"]);
    expect(result.stderr).toMatch(/Rules: rules\/prod\.yml, version [0-9a-f]{16}; /);
    expect(result.stderr).toContain(words);
  });

  test.each([
    ["cannot be used", "rules: [{ name: a }]", /s3:\/\/\S+\/rules\.yml:1:\d+: /],
    [
      "alert a topic that the deployment does not have",
      RULES.replace("oncall", "nobody"),
      /no topic is named "nobody"/,
    ],
  ])("rules that %s are refused, status 2, before anything is sent", async (_, yaml, problem) => {
    const { replay, putRules, store, sent } = await startPlace();
    store("m");
    putRules(yaml);
    const result = await replay("--apply");
    expect([result.status, result.stdout, sent()]).toEqual([2, "", []]);
    expect(result.stderr).toMatch(problem);
  });
});
