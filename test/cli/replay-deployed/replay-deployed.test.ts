import { readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { rulesFile } from "../run-mailroom.ts";
import { mail } from "../small-mail.ts";
import { announced, idOf, keyOf, openEntry, sourceOf, startPlace, told } from "./place.ts";

vi.setConfig({ testTimeout: 30_000 });

const BOUNCE = readFileSync("test/feedback/reports/ses-bounce.eml");

/** A mail that process-mail has handled, one that nobody announced, and one whose run died before it alerted. */
async function placeWithMissed() {
  const place = await startPlace();
  for (const name of ["done", "never", "died"]) place.store(name);
  await place.lambda(announced("done"));
  const lease = { holder: "dead", until: "2026-11-20T09:16:00.000Z" };
  await place.mailLog.put(openEntry("died", { lease }));
  return place;
}

describe("a dry run", () => {
  test("shows what was missed beside what was sent before, and changes nothing", async () => {
    const { replay, sent, dynamo } = await placeWithMissed();
    const before = await dynamo.dump(OUTPUTS.MailTable);
    const result = await replay("--json");
    expect(result.status).toBe(0);
    expect(told(result)).toEqual([
      "died processed outage planned",
      "done duplicate outage skipped",
      "never processed outage planned",
    ]);
    expect([sent(), await dynamo.dump(OUTPUTS.MailTable)]).toEqual([["outage done"], before]);
    expect(result.stderr.split("\n").map((line) => line.trim())).toEqual(
      expect.arrayContaining([
        `Mails: s3://${OUTPUTS.MailBucket}/mail/`,
        expect.stringMatching(/^Rules: s3:\/\/\S+\/rules\.yml, version [0-9a-f]{16}, as the functions$/),
        "2  alerts missed",
        "1  alert sent before, not again",
        "2  not handled to its end before",
        "Dry run: nothing was sent or kept. --apply sends what was missed through mailroom-prod, each alert once.",
      ]),
    );
  });

  test("for a person: what would be alerted, and what was", async () => {
    const { stdout } = await (await placeWithMissed()).replay();
    expect(stdout).toContain(`${sourceOf("never")}\n  Subject   outage\n`);
    expect(stdout.match(/-> .*/g)).toEqual([
      '-> would alert topic "oncall" (info)',
      '-> alerted before, not again: topic "oncall" (info)',
      '-> would alert topic "oncall" (info)',
    ]);
  });

  test("threads give the same output", async () => {
    const place = await placeWithMissed();
    const [one, three] = [await place.replay("--json"), await place.replay("--json", "--workers", "3")];
    expect([three.status, three.stdout]).toEqual([0, one.stdout]);
  });
});

describe("--apply", () => {
  test("sends what was missed, once, through the deployment's topics, and keeps the records in its mail log", async () => {
    const { replay, sent, mailLog } = await placeWithMissed();
    const first = await replay("--apply", "--json");
    expect([first.status, told(first)]).toEqual([
      0,
      ["died processed outage done", "done duplicate outage skipped", "never processed outage done"],
    ]);
    expect(first.stderr).toContain(
      `Applying to mailroom-prod: alerts go to its 3 topics (default, operator, oncall), each is marked in its table ${OUTPUTS.MailTable}\n`,
    );
    expect(sent().sort()).toEqual(["outage died", "outage done", "outage never"]);
    expect(await mailLog.find(idOf("never"))).toMatchObject({
      // The rules here may be others than process-mail has: it still handles the mail when it is announced.
      settled: false,
      lease: null,
      record: { source: keyOf("never"), rebuilt: true, actions: [{ rule: "outage", status: "done" }] },
    });

    const second = await replay("--apply", "--json");
    expect([second.status, new Set(told(second).map((line) => line.split(" ").at(-1)))]).toEqual([
      0,
      new Set(["skipped"]),
    ]);
    expect(sent()).toHaveLength(3);
  });

  test("a replay by other rules takes no alert from process-mail, when the mail is announced after all", async () => {
    const { replay, lambda, sent, store } = await startPlace();
    store("late");
    await replay("--apply", "--rules", rulesFile("rules: []\n"));
    expect(sent()).toEqual([]);
    await lambda(announced("late", { envelope: { mailFrom: "ops@acme.example", recipients: ["desk@example.com"] } }));
    expect(sent()).toEqual(["outage late"]);
  });

  test("what was replayed is not sent again by process-mail, when it is announced after all", async () => {
    const { replay, lambda, sent, store } = await startPlace();
    store("late");
    await replay("--apply");
    await lambda(announced("late", { envelope: { mailFrom: "ops@acme.example", recipients: ["desk@example.com"] } }));
    expect(sent()).toEqual(["outage late"]);
  });

  test("never twice: two processes at once, in threads, send each alert once", async () => {
    const { replayInProcess, sent, store } = await startPlace();
    const names = Array.from({ length: 30 }, (_, place) => `m${place + 100}`);
    for (const name of names) store(name);
    const results = await Promise.all([
      replayInProcess(undefined, "--apply", "--json"),
      replayInProcess(undefined, "--apply", "--json", "--workers", "2"),
    ]);
    expect(results.map(({ status }) => status)).toEqual([0, 0]);
    expect(sent().sort()).toEqual(names.map((name) => `outage ${name}`.replace(/0+$/, "")).sort());
    expect(results.flatMap(told).filter((line) => line.endsWith("outage done"))).toHaveLength(names.length);
  });

  test("a mail that a run of process-mail works on is told, and not sent twice; a dry run counts nothing of it as missed", async () => {
    const { replay, mailLog, sent, store } = await startPlace();
    store("busy");
    const until = "2099-01-01T00:00:00.000Z";
    const lease = { holder: "process-mail", until };
    await mailLog.put(openEntry("busy", { lease }));
    const looked = await replay();
    expect(looked.status).toBe(0);
    expect(looked.stderr).toContain("1  held by another run, which works on it at this moment");
    expect(looked.stderr).not.toContain("missed\n");
    const applied = await replay("--apply", "--json");
    expect([applied.status, told(applied), sent()]).toEqual([1, ["busy processed outage planned"], []]);
    expect(applied.stderr).toContain(
      `mailroom: not everything was done for ${sourceOf("busy")}: Another run works on this mail; if it has died, the mail can be taken over at ${until}`,
    );
    expect(await mailLog.find(idOf("busy"))).toMatchObject({ version: 1, lease });
  });

  test("an alert that SNS does not take is told, status 1; the next run sends that one and no other", async () => {
    const { replay, sns, sent, store } = await startPlace();
    store("two", mail("outage"));
    store("zwei", mail("outage"));
    sns.fail({ operation: "entry", containing: idOf("two"), code: "InvalidParameter", senderFault: true });
    const first = await replay("--apply", "--json");
    expect([first.status, told(first)]).toEqual([1, ["two processed outage planned", "zwei processed outage done"]]);
    expect(first.stderr).toContain("1  alert NOT sent");
    const second = await replay("--apply", "--json");
    expect([second.status, told(second)]).toEqual([0, ["two processed outage done", "zwei processed outage skipped"]]);
    expect(sent().sort()).toEqual(["outage two", "outage zwei"]);
  });

  test("a report that was missed goes into the deployment's suppression table", async () => {
    const { replay, table, store, mailLog } = await startPlace();
    store("bounce", BOUNCE);
    await mailLog.put(openEntry("bounce"));
    expect((await replay()).stderr).toContain("1  believed report missed");
    expect(await table.get("gone@partner.example")).toBeUndefined();
    expect((await replay("--apply")).stderr).toContain("1  believed report recorded");
    expect(await table.get("gone@partner.example")).toMatchObject({ reason: "bounce" });
    expect((await replay()).stderr).not.toContain("believed report");
  });
});
