import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { verpAddress } from "../../shared/feedback/verp.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { objects, rulesFile, run, runIn } from "./run-mailroom.ts";

const COMPLAINT = "samples/mail/complaint.eml";
const genuine = readFileSync(COMPLAINT, "latin1");

/** Replays a mail into a fresh table, as often as asked for, and gives what the table then says of an address. */
async function replayed(mail: string, address: string, ...options: string[]) {
  const folder = temporaryFolder({ "report.eml": mail });
  const state = `${folder}/state.db`;
  const replay = ["replay", `${folder}/report.eml`, "--rules", rulesFile(), "--apply", "--state", state, ...options];
  const outcome = await run(...replay, "--json");
  await run(...replay);
  const got = await run("suppression", "get", address, "--json", "--state", state);
  return { record: objects(outcome)[0], known: objects(got)[0] };
}

describe("a mail that tells of a complaint, replayed twice with --apply", () => {
  test("SES's own, out of our bucket, suppresses who complained, once", async () => {
    const { record, known } = await replayed(genuine, "angry@isp.example", "--trust-headers");
    expect(record).toMatchObject({ feedback: [{ kind: "complaint", recipient: "angry@isp.example", trusted: true }] });
    expect(known).toMatchObject({
      suppressed: true,
      reason: "complaint",
      evidence: [{ kind: "complaint", via: "arf" }],
    });
  });

  test.each<[why: string, mail: string, ...options: string[]]>([
    ["anybody can have written its headers", genuine],
    ["DMARC failed", genuine.replace("dmarc=pass", "dmarc=fail"), "--trust-headers"],
    [
      "it is authenticated as another domain",
      genuine.replace("From: complaints@eu-west-1.email-abuse.amazonses.com", "From: a@evil.example"),
      "--trust-headers",
    ],
    ["SES's block is not on top", `X-First: 1\n${genuine}`, "--trust-headers"],
  ])("trap 1.14, a forged one suppresses nobody, and is kept as evidence: %s", async (_why, mail, ...options) => {
    const { record, known } = await replayed(mail, "angry@isp.example", ...options);
    expect(record).toMatchObject({ feedback: [{ recipient: "angry@isp.example", trusted: false }] });
    expect(known).toMatchObject({ suppressed: false, reason: null, evidence: [{ trusted: false }] });
  });
});

test("a dry run shows a report to people, and whether it is believed", async () => {
  const { stdout, stderr } = await run("replay", COMPLAINT, "--rules", rulesFile());
  expect(stdout).toContain("Report    complaint from angry@isp.example: abuse (not believed)");
  expect(stderr).toMatch(/1 {2}complaint told by a mail\n +1 {4}not believed/);
});

test("a return path with our token is believed, and no other key", async () => {
  const key = "k".repeat(32);
  const to = verpAddress({ recipient: "angry@isp.example", mailbox: "bounces@mail.acme.example", key });
  const file = `${temporaryFolder({ "a.eml": genuine.replace("for alerts@mail.acme.example", `for ${to}`) })}/a.eml`;
  const trusted = async (verpKey: string) => {
    const outcome = await runIn({ MAILROOM_VERP_KEY: verpKey }, "replay", file, "--rules", rulesFile(), "--json");
    return objects(outcome)[0];
  };
  expect(await trusted(key)).toMatchObject({ feedback: [{ trusted: true }] });
  expect(await trusted("j".repeat(32))).toMatchObject({ feedback: [{ trusted: false }] });
});

test("a key that is too short is wrong use, and is not shown", async () => {
  const { status, stderr } = await runIn({ MAILROOM_VERP_KEY: "secret" }, "replay", COMPLAINT, "--rules", rulesFile());
  expect([status, stderr]).toEqual([
    2,
    "mailroom: MAILROOM_VERP_KEY: expected a secret of at least 32 characters, got one of 6\n",
  ]);
});
