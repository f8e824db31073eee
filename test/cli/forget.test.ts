import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, onTestFinished, test } from "vitest";
import { bucketRawMails } from "../../cli/forget/raw-mails.ts";
import { dynamoMailLog } from "../../shared/aws/dynamo-mail-log.ts";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { isOfNoMail } from "../../shared/inbound/alert-trace.ts";
import { type MailEntry, newEntry } from "../../shared/inbound/mail-entry.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { findSuppression } from "../../shared/suppression/forgotten.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { collect } from "../support/collect.ts";
import { OUTPUTS } from "../support/deployment-outputs.ts";
import { startFakeCloudFormation } from "../support/fake-cloudformation.ts";
import { startFakeS3 } from "../support/fake-s3.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";
import { receiptOf } from "../support/receipts.ts";
import { recordOf } from "../support/records.ts";
import { evidenceOf, suppressionOf } from "../support/suppressions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { mailroomProcess } from "./mailroom-process.ts";
import { objects, rulesFile, run } from "./run-mailroom.ts";

const JANE = "jane@partner.example";
const RECENTLY = new Date().toISOString();

function mail(from: string, to: string): string {
  return `From: ${from}\r\nTo: ${to}\r\nSubject: outage\r\n\r\nHello\r\n`;
}

/** A folder with mails that were replayed, and a suppressed address: a laptop. */
async function laptop() {
  const folder = temporaryFolder({
    "mails/hers.eml": mail("Jane <Jane@Partner.example>", "desk@acme.example"),
    "mails/both.eml": mail("ana@client.example", "desk@acme.example, jane@partner.example"),
    "mails/others.eml": mail("ana@client.example", "desk@acme.example"),
    "elsewhere/hers-too.eml": mail("jane@partner.example", "all@acme.example"),
  });
  const state = join(folder, "state.db");
  const rules = rulesFile();
  const replayed = await run(
    "replay",
    join(folder, "mails"),
    join(folder, "elsewhere"),
    "--apply",
    "--state",
    state,
    "--rules",
    rules,
  );
  expect(replayed.status).toBe(0);
  {
    using file = openStateFile(state);
    await file.suppressionTable.put(suppressionOf({ address: JANE, spelling: "Jane@Partner.example" }));
    await file.suppressionTable.addEvidence(evidenceOf({ address: JANE, spelling: "Jane@Partner.example" }));
  }
  return {
    folder,
    state,
    forget: (...words: string[]) => run("forget", "Jane@PARTNER.example", "--state", state, ...words),
    mails: () => [...readdirSync(join(folder, "mails")), ...readdirSync(join(folder, "elsewhere"))].sort(),
    records: async () => {
      using file = openStateFile(state);
      return (await collect(file.mailLog.list())).filter((entry) => !isOfNoMail(entry)).length;
    },
  };
}

/** Whether any file of the state, the write-ahead log included, has the address in its bytes. */
function names(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith("state.db"))
    .filter((file) => readFileSync(join(folder, file), "latin1").toLowerCase().includes("jane"));
}

describe("without --apply", () => {
  test("everything is told, and nothing changed", async () => {
    const { folder, forget, mails, records, state } = await laptop();
    const before = mails();
    const result = await forget("--mails", join(folder, "mails"), "--json");
    expect(result.status).toBe(0);
    const [suppression, ...told] = objects(result).toReversed();
    expect(
      told.map(({ what, source, roles, theirs, status, raw }) => [what, source, roles, theirs, status, raw]).sort(),
    ).toEqual([
      ["mail", join(folder, "elsewhere/hers-too.eml"), ["sender"], true, "planned", "elsewhere"],
      ["mail", join(folder, "mails/both.eml"), ["recipient"], false, "left", null],
      ["mail", join(folder, "mails/hers.eml"), ["sender"], true, "planned", null],
    ]);
    expect(suppression).toEqual({
      what: "suppression",
      address: JANE,
      known: true,
      evidence: 1,
      suppressed: true,
      reason: "bounce",
      expiresAt: null,
      status: "planned",
    });
    expect(result.stderr).toContain("Dry run: nothing was removed.");
    expect([mails(), await records(), names(folder).length > 0]).toEqual([before, 4, true]);
    expect(objects(await run("suppression", "get", JANE, "--state", state, "--json"))).toMatchObject([
      { forgotten: false, spelling: "Jane@Partner.example" },
    ]);
  });

  test("for a person", async () => {
    const { folder, forget } = await laptop();
    const { stdout, stderr } = await forget("--mails", join(folder, "mails"));
    expect(stdout.split("\n").sort()).toEqual([
      "",
      `left           ${join(folder, "mails/both.eml")}: recipient, concerns others too`,
      `to be removed  ${join(folder, "elsewhere/hers-too.eml")}: sender; the raw mail stays where it is`,
      `to be removed  ${join(folder, "mails/hers.eml")}: sender`,
      "to be removed  suppression: 1 piece of evidence; a hash of the address stays, and suppresses it (bounce)",
    ]);
    expect(stderr.split("\n")).toEqual([
      "        2  mails to be removed",
      "        1  mails left, because they concern others too (--all-mails removes them)",
      "        1  raw mails stay where they are; they are yours to remove",
      "Dry run: nothing was removed. --apply removes it for good.",
      "",
    ]);
  });

  test("of somebody of whom nothing is known; no state file is made for the answer", async () => {
    const state = join(temporaryFolder(), "state.db");
    const result = await run("forget", "nobody@partner.example", "--state", state);
    expect(result).toEqual({
      status: 0,
      stdout: "nothing        is known of the address in the suppression table\n",
      stderr: `mailroom: there is no state file ${state}: nothing is known of the person\nDry run: nothing was removed. --apply removes it for good.\n`,
    });
    expect(existsSync(state)).toBe(false);
  });
});

describe("with --apply", () => {
  test("mails, records and evidence go; the address is nowhere in the state, and stays suppressed", async () => {
    const { folder, forget, mails, records, state } = await laptop();
    const result = await forget("--mails", join(folder, "mails"), "--apply", "--all-mails", "--json");
    expect(result.status).toBe(0);
    expect(objects(result).at(-1)).toMatchObject({ suppressed: true, reason: "bounce", status: "forgotten" });
    expect([mails(), await records()]).toEqual([["hers-too.eml", "others.eml"], 1]);
    expect(names(folder)).toEqual([]);
    expect(objects(await run("suppression", "get", JANE, "--state", state, "--json"))).toMatchObject([
      { suppressed: true, reason: "bounce", evidence: [], spelling: null, forgotten: true },
    ]);
    const [listed] = objects(await run("suppression", "list", "--state", state, "--json"));
    expect(listed?.["address"]).toMatch(/^forgotten:[\da-f]{64}$/);
  });

  test("again changes nothing", async () => {
    const { folder, forget } = await laptop();
    await forget("--mails", join(folder, "mails"), "--apply", "--all-mails");
    const again = await forget("--mails", join(folder, "mails"), "--apply", "--all-mails");
    expect(again).toEqual({
      status: 0,
      stdout:
        "nothing        is known of the address in the suppression table, but a hash that goes on suppressing it\n",
      stderr: "",
    });
  });

  test("what concerns others too is left, unless that is asked for", async () => {
    const { folder, forget, mails, records } = await laptop();
    const result = await forget("--mails", join(folder, "mails"), "--apply");
    expect(result.status).toBe(0);
    expect([mails(), await records()]).toEqual([["both.eml", "hers-too.eml", "others.eml"], 2]);
  });

  test("raw mails stay without --mails, and are told", async () => {
    const { forget, mails, records } = await laptop();
    const before = mails();
    const { stdout } = await forget("--apply");
    expect([mails(), await records()]).toEqual([before, 2]);
    expect(stdout.match(/the raw mail stays where it is/g)).toHaveLength(2);
  });

  test("a file that is not that mail any more stays", async () => {
    const { folder, forget } = await laptop();
    writeFileSync(join(folder, "mails/hers.eml"), mail("ana@client.example", "desk@acme.example"));
    const { stdout } = await forget("--mails", join(folder, "mails"), "--apply");
    expect(stdout).toContain(`${join(folder, "mails/hers.eml")}: sender; the raw mail stays where it is`);
    expect(existsSync(join(folder, "mails/hers.eml"))).toBe(true);
  });

  test("a mail of an mbox stays in it, for the file holds others' mails", async () => {
    const folder = temporaryFolder({
      "box.mbox": `From a Mon Nov 23 08:00:00 2026\n${mail(JANE, "desk@acme.example")}\nFrom b Mon Nov 23 09:00:00 2026\n${mail("ana@client.example", "desk@acme.example")}`,
    });
    const state = join(folder, "state.db");
    await run("replay", join(folder, "box.mbox"), "--apply", "--state", state, "--rules", rulesFile());
    const { stdout } = await run("forget", JANE, "--state", state, "--mails", folder, "--apply");
    expect(stdout).toContain(`removed        ${join(folder, "box.mbox")}#1: sender; the raw mail stays where it is`);
    expect(existsSync(join(folder, "box.mbox"))).toBe(true);
  });

  test("a raw mail that is gone is told", async () => {
    const { folder, forget } = await laptop();
    rmSync(join(folder, "mails/hers.eml"));
    const { stdout } = await forget("--mails", join(folder, "mails"), "--apply");
    expect(stdout).toContain("the raw mail was not there any more");
  });

  test("while another process reads the state file, what was removed may still be in it: told, status 1, and mended by the same again", async () => {
    const { folder, forget, state } = await laptop();
    using reader = new DatabaseSync(state);
    reader.exec("BEGIN; SELECT count(*) FROM evidence");
    reader.prepare("SELECT count(*) FROM evidence").get();
    const result = await forget("--apply", "--all-mails");
    expect(result.status).toBe(1);
    expect(result.stderr).toContain("mailroom: what was removed may still be read from the state file: ");
    reader.exec("COMMIT");
    reader.close();
    expect((await forget("--apply", "--all-mails")).status).toBe(0);
    expect(names(folder)).toEqual([]);
  }, 30_000);
});

describe("wrong use is told, status 2, and nothing is opened", () => {
  test.each([
    ["no address", ["nobody"], 'expected an address, got "nobody"'],
    ["a folder that is not there", [JANE, "--mails", "/nowhere/mails"], "expected --mails with a folder that exists"],
    ["a table beside the state file", [JANE, "--table", "a"], "cannot be used with option '--state"],
    ["records of a deployment beside it", [JANE, "--mail-table", "a"], "cannot be used with option '--state"],
    ["a bucket without a name", [JANE, "--mails", "s3://"], "expected s3://bucket/prefix"],
  ])("%s", async (_title, words, message) => {
    const state = join(temporaryFolder(), "state.db");
    const { status, stdout, stderr } = await run("forget", ...words, "--state", state);
    expect([status, stdout, existsSync(state)]).toEqual([2, "", false]);
    expect(stderr).toContain(message);
  });
});

test("records of a deployment are not removed without their raw mails, which nobody would find again", async () => {
  const { status, stdout, stderr } = await run("forget", JANE, "--apply", "--mail-table", "mails");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain("expected --mails s3://bucket/prefix beside --mail-table");
});

test("a table of a deployment is named in one way", async () => {
  const { status, stderr } = await run("suppression", "get", JANE, "--table", "a", "--stage", "b");
  expect([status, stderr]).toEqual([2, expect.stringContaining("cannot be used with option '--table")]);
});

const STAGE = {
  ...OUTPUTS,
  SuppressionTable: "suppression",
  MailTable: "mails",
  MailBucket: "acme-mail",
  MailPrefix: "raw/",
};

test.each([
  ["named one by one", false],
  ["by its stage", true],
])(
  "a deployment, %s: records, evidence and the raw mail go, and the address stays suppressed",
  async (_, byStage) => {
    const dynamo = await startLocalDynamo("suppression", "mails");
    onTestFinished(() => dynamo.close());
    const table = dynamoSuppressionTable(dynamo.client, "suppression", systemClock);
    const log = dynamoMailLog(dynamo.client, "mails");
    // So long ago that nobody has to wait for programs that do not know of it.
    await table.keepSalt("a salt", "2026-01-01T00:00:00.000Z");
    await table.put(suppressionOf({ address: JANE }));
    await table.addEvidence(evidenceOf({ address: JANE }));
    const raw = mail(JANE, "desk@acme.example");
    const sha256 = createHash("sha256").update(raw).digest("hex");
    const receipt = receiptOf({
      storageKey: "raw/one",
      envelope: { mailFrom: JANE, recipients: ["desk@acme.example"] },
    });
    const entry: MailEntry = {
      ...newEntry("one"),
      version: 1,
      receipt,
      record: recordOf({ sha256, envelope: receipt.envelope }),
      changedAt: RECENTLY,
    };
    await log.put(entry);
    const folder = temporaryFolder({ "raw/one": raw });
    const [s3, stack] = await Promise.all([startFakeS3(), startFakeCloudFormation({ "mailroom-prod": STAGE })]);
    onTestFinished(async () => {
      await Promise.all([s3.close(), stack.close()]);
    });
    s3.objects.set("acme-mail/raw/one", Buffer.from(raw));

    const places = byStage
      ? ["--stage", "prod"]
      : ["--table", "suppression", "--mail-table", "mails", "--mails", folder];
    const result = await mailroomProcess(["forget", JANE, ...places, "--apply"], {
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
      AWS_ENDPOINT_URL_S3: s3.endpoint,
      AWS_ENDPOINT_URL_CLOUDFORMATION: stack.endpoint,
    });
    expect(result).toEqual({
      status: 0,
      stdout:
        "removed        raw/one: sender\nremoved        suppression: 1 piece of evidence; a hash of the address stays, and suppresses it (bounce)\n",
      stderr: "        1  mails removed\n",
    });
    expect(await log.find("one")).toBeUndefined();
    expect([s3.objects.has("acme-mail/raw/one"), existsSync(join(folder, "raw/one"))]).toEqual([!byStage, byStage]);
    expect(JSON.stringify(await dynamo.dump("suppression"))).not.toContain("jane");
    expect(await findSuppression(JANE, table)).toMatchObject({ reason: "bounce" });
  },
  30_000,
);

describe("raw mails of a bucket", () => {
  const entryOf = (storageKey: string): MailEntry => ({ ...newEntry("one"), receipt: receiptOf({ storageKey }) });

  test.each([
    ["raw/one", true, "raw/one"],
    ["other/one", true, undefined],
    ["raw/one", false, undefined],
    ["s3://acme-mail/raw/one", false, "raw/one"],
    ["s3://acme-mail/other/one", false, undefined],
    ["s3://another/raw/one", false, undefined],
  ])("%s, of a log of the deployment (%s): %s", async (source, hasKeys, key) => {
    const { find } = await bucketRawMails("s3://acme-mail/raw/", { hasKeys, region: "eu-west-1" });
    expect(await find(entryOf(source))).toEqual(key === undefined ? { kind: "elsewhere" } : { kind: "here", key });
  });
});

describe("a forgotten address moves to another table with its salt", () => {
  async function exported(format: string) {
    const { forget, state, folder } = await laptop();
    await forget("--apply");
    await run("suppression", "add", "other@partner.example", "--reason", "asked", "--state", state);
    const file = join(folder, `list.${format}`);
    expect((await run("suppression", "export", file, "--state", state)).status).toBe(0);
    return file;
  }

  test.each(["csv", "ndjson"])("%s", async (format) => {
    const file = await exported(format);
    expect(readFileSync(file, "utf8")).not.toContain("jane");
    const state = join(temporaryFolder(), "state.db");
    const result = await run("suppression", "import", file, "--state", state, "--json");
    expect(objects(result).at(-1)).toMatchObject({ imported: 2, bad: 0, failed: 0 });
    expect(objects(await run("suppression", "get", JANE, "--state", state, "--json"))).toMatchObject([
      { suppressed: true, reason: "bounce", forgotten: true },
    ]);
    expect((await run("suppression", "export", "--format", format, "--state", state)).stdout).toBe(
      readFileSync(file, "utf8"),
    );
    expect(objects(await run("suppression", "import", file, "--state", state, "--json")).at(-1)).toMatchObject({
      unchanged: 2,
    });
  });

  test("a table that has another salt refuses it, and takes the rest", async () => {
    const file = await exported("csv");
    const { state, forget } = await laptop();
    await forget("--apply");
    const { status, stderr } = await run("suppression", "import", file, "--state", state);
    expect(status).toBe(1);
    expect(stderr).toContain("not imported: the table has forgotten addresses of its own under another salt");
    expect(objects(await run("suppression", "get", "other@partner.example", "--state", state, "--json"))).toMatchObject(
      [{ suppressed: true }],
    );
  });

  test("what list prints of it is refused: it lacks the salt", async () => {
    const { state, forget, folder } = await laptop();
    await forget("--apply");
    const file = join(folder, "list.ndjson");
    writeFileSync(file, (await run("suppression", "list", "--state", state, "--json")).stdout);
    const result = await run("suppression", "import", file, "--state", join(folder, "other.db"));
    expect([result.status, result.stderr]).toEqual([
      1,
      expect.stringContaining("expected a forgotten address with its salt"),
    ]);
  });
});

describe("persons and a forgotten address", () => {
  test("add says that it is suppressed already, and keeps nothing", async () => {
    const { state, forget, folder } = await laptop();
    await forget("--apply", "--all-mails");
    const { stderr, stdout } = await run("suppression", "add", JANE, "--reason", "asked", "--state", state);
    expect(stderr).toBe(`mailroom: ${JANE} is forgotten, and suppressed for good; nothing was kept\n`);
    expect(stdout).toContain("  Forgotten a hash of the address is all that is kept of it");
    expect(names(folder)).toEqual([]);
  });

  test("remove lifts it", async () => {
    const { state, forget } = await laptop();
    await forget("--apply");
    const { stderr } = await run("suppression", "remove", JANE, "--reason", "asked", "--state", state);
    expect(stderr).toBe("");
    expect(objects(await run("suppression", "get", JANE, "--state", state, "--json"))).toMatchObject([
      { suppressed: false, forgotten: false, probation: true },
    ]);
  });
});
