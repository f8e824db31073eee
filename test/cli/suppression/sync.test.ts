import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStateFile } from "../../../shared/local/state-file.ts";
import { forgottenKey } from "../../../shared/suppression/forgotten.ts";
import { OUTPUTS } from "../../support/deployment-outputs.ts";
import { startFakeCloudFormation } from "../../support/fake-cloudformation.ts";
import { type FakeSesV2, startFakeSesV2 } from "../../support/fake-sesv2.ts";
import { startLocalDynamo } from "../../support/local-dynamo.ts";
import { suppressionOf } from "../../support/suppressions.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { mailroomProcess } from "../mailroom-process.ts";
import { objects } from "../run-mailroom.ts";

const MAILROOM = new URL("../../../cli/mailroom.ts", import.meta.url).pathname;

const mailroom = (words: readonly string[], env: Readonly<Record<string, string>>) =>
  mailroomProcess(["suppression", ...words], env);

interface Place {
  readonly ses: FakeSesV2;
  readonly state: string;
  /** Runs `sync`, or another command. */
  run(...words: readonly string[]): ReturnType<typeof mailroom>;
}

const seconds = (time: string) => Date.parse(time) / 1000;
const LISTED = "2026-11-21T08:00:00.000Z";

async function start(): Promise<Place> {
  const ses = await startFakeSesV2();
  onTestFinished(() => ses.close());
  const state = `${temporaryFolder()}/state.db`;
  const run = (...words: readonly string[]) =>
    mailroom([...words, "--state", state], { AWS_ENDPOINT_URL_SESV2: ses.endpoint });
  return { ses, state, run };
}

function list(ses: FakeSesV2, address: string, reason: "BOUNCE" | "COMPLAINT" = "BOUNCE"): void {
  ses.entries.set(address, { reason, updatedAt: seconds(LISTED) });
}

const steps = (result: Awaited<ReturnType<typeof mailroom>>) =>
  objects(result).map((step) => `${step["do"]} ${step["address"]} ${step["status"]}`);

describe("from SES's list", () => {
  test("a dry run tells what would be done, and does nothing", async () => {
    const { ses, run, state } = await start();
    list(ses, "Gone@Partner.example");
    const result = await run("sync", "--from", "ses", "--json");
    expect(result.status).toBe(0);
    expect(objects(result)).toEqual([
      {
        do: "import",
        address: "gone@partner.example",
        spellings: ["Gone@Partner.example"],
        reason: "bounce",
        why: "SES's list has it as BOUNCE",
        status: "planned",
      },
    ]);
    expect(result.stderr).toContain("Dry run: nothing was changed.");
    expect(ses.requests).toEqual(["List"]);
    expect((await run("list")).stderr).toContain(`there is no state file ${state}`);
  });

  test("--apply takes over all pages, once; SES's list is not touched", async () => {
    const { ses, run } = await start();
    ses.pageSize = 2;
    for (const name of ["a", "b", "c", "d"])
      list(ses, `${name}@partner.example`, name === "d" ? "COMPLAINT" : "BOUNCE");
    expect(steps(await run("sync", "--from", "ses", "--apply", "--json"))).toEqual(
      ["a", "b", "c", "d"].map((name) => `import ${name}@partner.example done`),
    );
    const [state] = objects(await run("get", "d@partner.example", "--json"));
    expect(state).toMatchObject({
      reason: "complaint",
      since: LISTED,
      expiresAt: null,
      evidence: [{ act: "import", why: "sync: SES's list has it as COMPLAINT" }],
    });
    const again = await run("sync", "--from", "ses", "--apply", "--json");
    expect([again.status, again.stdout]).toEqual([0, ""]);
    expect(again.stderr).toContain("There is nothing to be changed.");
    expect(new Set(ses.requests)).toEqual(new Set(["List"]));
  });

  test("trap 1.15, no way to un-suppress: what a person removed here does not come back, and goes from SES's list in its own spelling", async () => {
    const { ses, run } = await start();
    list(ses, "Gone@Partner.example");
    await run("sync", "--from", "ses", "--apply");
    await run("remove", "gone@partner.example", "--reason", "works again");
    expect(steps(await run("sync", "--from", "ses", "--apply", "--json"))).toEqual(["leave gone@partner.example left"]);
    expect(objects(await run("get", "gone@partner.example", "--json"))).toMatchObject([{ suppressed: false }]);
    expect(steps(await run("sync", "--to", "ses", "--apply", "--json"))).toEqual(["remove gone@partner.example done"]);
    expect([ses.entries.size, ses.requests.at(-1)]).toEqual([0, "Delete Gone@Partner.example"]);
  });

  test("what is suppressed because of SES's list is lifted when that has it no more", async () => {
    const { run, state } = await start();
    {
      using file = openStateFile(state);
      await file.suppressionTable.put(suppressionOf({ reason: "accountList" }));
      await file.suppressionTable.put(suppressionOf({ address: "hard@partner.example" }));
    }
    expect(steps(await run("sync", "--from", "ses", "--apply", "--json"))).toEqual(["lift gone@partner.example done"]);
    expect(steps(await run("sync", "--from", "ses", "--prune", "--json"))).toEqual([
      "lift hard@partner.example planned",
    ]);
  });

  test("a forgotten address that SES lists is known by its hash; one that SES does not list is left alone", async () => {
    const { ses, run, state } = await start();
    list(ses, "Gone@Partner.example");
    {
      using file = openStateFile(state);
      const { salt } = await file.suppressionTable.keepSalt("salt", LISTED);
      for (const address of ["gone@partner.example", "other@partner.example"])
        await file.suppressionTable.put(suppressionOf({ address: forgottenKey(address, salt), spelling: "" }));
    }
    for (const direction of ["--from", "--to"])
      expect(steps(await run("sync", direction, "ses", "--apply", "--prune", "--json"))).toEqual([]);
    expect([...ses.entries.keys()]).toEqual(["Gone@Partner.example"]);
  });

  test("what SES lists and is no address is told", async () => {
    const { ses, run } = await start();
    list(ses, "nobody");
    expect(steps(await run("sync", "--from", "ses", "--apply", "--json"))).toEqual(["leave nobody left"]);
  });
});

describe("to SES's list", () => {
  async function filled(): Promise<Place> {
    const place = await start();
    using file = openStateFile(place.state);
    const put = (
      name: string,
      reason: "bounce" | "complaint" | "manual" | "mailboxFull",
      expiresAt: string | null = null,
    ) => file.suppressionTable.put(suppressionOf({ address: `${name}@partner.example`, reason, expiresAt }));
    await put("angry", "complaint");
    await put("hard", "bounce");
    await put("by-hand", "manual");
    await put("full", "mailboxFull", "2100-01-01T00:00:00.000Z");
    return place;
  }

  test("bounces and complaints are put there; what SES alone has stays", async () => {
    const { ses, run } = await filled();
    list(ses, "Angry@Partner.example");
    list(ses, "other@partner.example");
    const result = await run("sync", "--to", "ses", "--apply", "--json");
    expect(steps(result)).toEqual(["put angry@partner.example done", "put hard@partner.example done"]);
    expect([...ses.entries].map(([address, { reason }]) => `${address} ${reason}`).sort()).toEqual([
      "Angry@Partner.example COMPLAINT",
      "hard@partner.example BOUNCE",
      "other@partner.example BOUNCE",
    ]);
    expect(result.stderr).toMatch(/ 4 {2}suppressed in the table\n +1 {2}on SES's list alone\n +2 {2}changed\n/);
  });

  test("what persons added, what ends, and what only SES has, when that is asked for", async () => {
    const { ses, run } = await filled();
    list(ses, "other@partner.example");
    const result = await run("sync", "--to", "ses", "--include-manual", "--include-expiring", "--prune", "--json");
    expect(steps(result)).toEqual(
      ["put angry", "put by-hand", "put hard", "put full", "remove other"].map(
        (step) => `${step}@partner.example planned`,
      ),
    );
    expect(ses.requests).toEqual(["List"]);
  });

  test("an address that fails is named, the others are done, status 1", async () => {
    const { ses, run } = await filled();
    ses.fail({ operation: "Put", answer: "BadRequestException", address: "angry@partner.example" });
    ses.fail({ operation: "Put", answer: "TooManyRequestsException", address: "hard@partner.example" });
    const result = await run("sync", "--to", "ses", "--apply", "--json");
    expect([result.status, steps(result)]).toEqual([
      1,
      ["put angry@partner.example failed", "put hard@partner.example done"],
    ]);
    expect(result.stderr).toContain(
      "mailroom: angry@partner.example: SES refuses to put it on the account suppression list",
    );
    expect([...ses.entries.keys()]).toEqual(["hard@partner.example"]);
  });

  test("for a person", async () => {
    const { run } = await filled();
    expect((await run("sync", "--to", "ses")).stdout).toBe(
      [
        "put on SES's list    angry@partner.example as COMPLAINT: it is suppressed here: complaint",
        "put on SES's list    hard@partner.example as BOUNCE: it is suppressed here: bounce",
        "",
      ].join("\n"),
    );
  });

  test("SES's list that cannot be read is told, status 1, and nothing is done", async () => {
    const { ses, run } = await filled();
    ses.fail({ operation: "List", answer: "AccessDeniedException" });
    const { status, stdout, stderr } = await run("sync", "--to", "ses", "--apply");
    expect([status, stdout, stderr]).toEqual([1, "", "mailroom: not authorized to perform this action\n"]);
  });
});

test("all commands work on a table in DynamoDB as on a state file", async () => {
  const dynamo = await startLocalDynamo("acme-suppression");
  onTestFinished(() => dynamo.close());
  const folder = temporaryFolder({
    "list.csv": "Gone@Partner.example,BOUNCE\nangry@isp.example,COMPLAINT\nnobody,BOUNCE\n",
  });
  const stack = await startFakeCloudFormation({
    "mailroom-prod": { ...OUTPUTS, SuppressionTable: "acme-suppression" },
  });
  onTestFinished(() => stack.close());
  const env = { AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint, AWS_ENDPOINT_URL_CLOUDFORMATION: stack.endpoint };
  const table = ["--table", "acme-suppression"];
  const imported = await mailroom(["import", `${folder}/list.csv`, ...table, "--json"], env);
  expect(objects(imported).at(-1)).toMatchObject({ imported: 2, bad: 1 });
  await mailroom(["add", "jane@partner.example", "--reason", "asked", ...table], env);
  await mailroom(["remove", "angry@isp.example", "--reason", "asked", ...table], env);
  const listed = await mailroom(["list", "--stage", "prod", "--json"], env);
  expect(objects(listed).map(({ address }) => address)).toEqual(["jane@partner.example", "gone@partner.example"]);
  expect((await mailroom(["export", ...table], env)).stdout.split("\r\n")).toHaveLength(4);
  expect(objects(await mailroom(["get", "GONE@partner.example", ...table, "--json"], env))).toMatchObject([
    { suppressed: true, reason: "bounce" },
  ]);
}, 30_000);

test("a list from a pipe is imported; Ctrl-C ends an import that waits, and what was read is kept", async () => {
  const state = `${temporaryFolder()}/state.db`;
  const child = spawn(process.execPath, [MAILROOM, "suppression", "import", "-", "--state", state], {
    env: { ...process.env },
  });
  const stderr = text(child.stderr);
  const lines = Array.from({ length: 1_000 }, (_, at) => `u${at}@partner.example,BOUNCE\n`);
  child.stdin.write(lines.join(""));
  await untilThereAre(state, 1_000);
  child.kill("SIGINT");
  const [status] = await once(child, "close");
  expect([status, await stderr]).toEqual([
    130,
    expect.stringContaining("Interrupted: the rest of the file was not read."),
  ]);
}, 30_000);

/** Waits for what another process writes. */
async function untilThereAre(state: string, entries: number): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    using file = openStateFile(state);
    let found = 0;
    for await (const _ of file.suppressionTable.list()) found += 1;
    if (found >= entries) return;
  }
}
