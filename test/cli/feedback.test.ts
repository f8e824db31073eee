import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { text } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { eventFile } from "../support/ses-events.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { eventBridgeEvent, records, snsMessage, snsRecord, sqsRecord } from "../support/transports.ts";
import { captured } from "./output/captured.ts";
import { objects, run } from "./run-mailroom.ts";

const bounce = eventFile("feedback/bounce-notification");
const complaint = eventFile("feedback/complaint-event");
const open = { eventType: "Open", mail: {} };

const MAILROOM = new URL("../../cli/mailroom.ts", import.meta.url).pathname;

const json = (value: unknown) => JSON.stringify(value);
const pretty = (value: unknown) => JSON.stringify(value, null, 2);
const inFile = (text: string, name = "event.json") => `${temporaryFolder({ [name]: text })}/${name}`;

const GONE = {
  kind: "bounce",
  recipient: "gone@partner.example",
  action: "failed",
  status: "5.1.1",
  bounceType: "Permanent",
  bounceSubType: "General",
  reason: "userUnknown",
  diagnosticCode: "smtp; 550 5.1.1 <gone@partner.example>: Recipient address rejected: User unknown",
  feedbackType: null,
  via: "notification",
  trusted: true,
  effect: "suppress",
  why: "It suppresses, because the bounce is permanent (Permanent/General).",
};

/** What a table holds of an address, in the file that `--apply` wrote. */
async function stateOf(file: string, address: string) {
  using state = openStateFile(file);
  return await state.suppressionTable.get(address);
}

describe("--json", () => {
  test("prints one object a report, its keys in a fixed order, source first, effect and why last", async () => {
    const file = inFile(pretty(records(snsRecord(bounce))));
    const result = await run("feedback", file, "--json");
    expect(result.status).toBe(0);
    expect(result.stdout).toBe(`${json({ source: file, ...GONE })}\n`);
    expect(result.stderr).toContain("        1  bounce\n        1    suppress by themselves\n");
    expect(result.stderr).toContain("Dry run: nothing was recorded.");
  });

  test("prints what is no report by its name", async () => {
    const confirmation = snsMessage("", { Type: "SubscriptionConfirmation" });
    const file = inFile(json(records(sqsRecord(open), sqsRecord(confirmation))));
    const result = await run("feedback", file, "--json");
    expect(result.stdout).toBe(
      `${json({ source: file, kind: "ignored", name: "Open" })}\n${json({ source: file, kind: "control", name: "SubscriptionConfirmation" })}\n`,
    );
    expect(result.stderr).toContain("        1  ignored: Open\n        1  control: SubscriptionConfirmation\n");
    expect(result.status).toBe(0);
  });

  test("prints the reports of several recipients and of several records", async () => {
    const file = inFile(pretty(records(snsRecord(complaint), snsRecord(bounce))));
    expect(objects(await run("feedback", file, "--json"))).toMatchObject([
      { recipient: "one@isp.example", feedbackType: "not-spam", status: null, effect: "lift" },
      { recipient: "two@isp.example", bounceType: null, reason: null, via: "event" },
      { recipient: "gone@partner.example" },
    ]);
  });
});

describe("files", () => {
  const described = (result: Awaited<ReturnType<typeof run>>) =>
    objects(result).map(({ source, recipient, name }) => [source, recipient ?? name]);

  test.each([
    { form: "one line", text: json(bounce) },
    { form: "one line and blank ones", text: `\r\n\n${json(bounce)}\r\n\n` },
    { form: "several lines", text: pretty(bounce) },
    { form: "a byte order mark", text: `\ufeff${pretty(bounce)}` },
    { form: "a byte order mark and one line", text: `\ufeff${json(bounce)}\n` },
    { form: "JSON in a string", text: json(json(bounce)) },
    { form: "an array over several lines", text: `[\n${json(bounce)}\n]\n` },
    { form: "EventBridge", text: pretty(eventBridgeEvent(bounce)) },
  ])("a file that is one event: $form", async ({ text: content }) => {
    const file = inFile(content);
    const result = await run("feedback", file, "--json");
    expect(result.status).toBe(0);
    expect(described(result)).toEqual([[file, "gone@partner.example"]]);
  });

  test("NDJSON: one event a line, told by its number, whatever way each came", async () => {
    const lines = [json(bounce), "", json(records(snsRecord(complaint))), `  ${json(eventBridgeEvent(open))}\r`];
    const file = inFile(lines.join("\n"), "events.ndjson");
    expect(described(await run("feedback", file, "--json"))).toEqual([
      [`${file}#1`, "gone@partner.example"],
      [`${file}#3`, "one@isp.example"],
      [`${file}#3`, "two@isp.example"],
      [`${file}#4`, "Open"],
    ]);
  });

  test.each([
    { at: "first", lines: ["{oops", json(bounce), json(open)], broken: 1 },
    { at: "first, in the middle of a line", lines: [json(open).slice(3), json(bounce), json(open)], broken: 1 },
    { at: "second", lines: [json(bounce), "{oops", json(open)], broken: 2 },
    { at: "last", lines: [json(bounce), json(open), json(bounce).slice(0, 200)], broken: 3 },
  ])("a broken line ($at) is told with its number, and the others are read", async ({ lines, broken }) => {
    const file = inFile(lines.join("\n"));
    const result = await run("feedback", file, "--json");
    expect(result.status).toBe(1);
    expect(objects(result)).toHaveLength(2);
    expect(result.stderr).toMatch(new RegExp(`^mailroom: cannot read \\S+#${broken}: event: expected `));
    expect(result.stderr).toContain("3  events read");
  });

  test("a line may be of any length below the limit, across the pieces that a file is read in", async () => {
    const long = { ...(bounce as object), padding: "ü".repeat(300_000) };
    const file = inFile([long, long].map(json).join("\n"));
    expect(objects(await run("feedback", file, "--json"))).toHaveLength(2);
  });

  test.each([
    { what: "line without an end", text: () => `{"eventType":"${"x".repeat(65 * 1024 * 1024)}` },
    { what: "file that is one event", text: () => `{\n${`"${"x".repeat(1_000_000)}",\n`.repeat(68)}` },
  ])("a $what is not read to the end", async ({ text }) => {
    const { status, stderr } = await run("feedback", inFile(text()));
    expect(status).toBe(1);
    expect(stderr).toContain("one event in it is longer than 64 MB; many events belong on a line each");
  });

  test("a folder: what begins like JSON, whatever its name, and in every folder below; named, a file is taken", async () => {
    const folder = temporaryFolder({
      "2026/11/a": json(bounce),
      "2026/12/b.json": `\n  ${json([open])}`,
      LICENSE: "MIT",
      "notes.json": "none",
      "empty.json": "",
    });
    const result = await run("feedback", folder, "--json");
    expect(described(result)).toEqual([
      [`${folder}/2026/11/a`, "gone@partner.example"],
      [`${folder}/2026/12/b.json`, "Open"],
    ]);
    expect(result.status).toBe(0);
    expect(result.stderr).toContain("        3  skipped: does not begin like JSON (named, it is taken)\n");

    const named = await run("feedback", `${folder}/LICENSE`, `${folder}/empty.json`, `${folder}/nothere`);
    expect(named.status).toBe(1);
    expect(named.stderr).toContain(`cannot read ${folder}/LICENSE: event: expected a notification or event of SES`);
    expect(named.stderr).toContain(`cannot read ${folder}/empty.json: event: expected a notification or event of SES`);
    expect(named.stderr).toContain(`cannot read ${folder}/nothere: no such file or directory`);
    expect(named.stderr).toContain("        3  failed, as said above");
  });

  test("what is refused is told with its place, what was expected and what came, and the rest is read", async () => {
    const file = inFile(json(records(sqsRecord({ eventType: "Teleport" }), sqsRecord(bounce))));
    const result = await run("feedback", file, "--json");
    expect([result.status, objects(result).length]).toEqual([1, 1]);
    expect(result.stderr).toContain(
      `mailroom: cannot read ${file}: Records[0].body.eventType: expected one of Bounce, Complaint`,
    );
    expect(result.stderr).toContain('got "Teleport"\n');
  });
});

describe("for a person", () => {
  test("each report with what it does and why; what is no report is only counted", async () => {
    const { stdout, stderr, status } = await run("feedback", inFile(json([bounce, open])));
    expect(status).toBe(0);
    expect(stdout.split("\n").slice(1)).toEqual([
      "  Report    bounce of gone@partner.example: Permanent/General, 5.1.1, userUnknown",
      "  Effect    suppress. It suppresses, because the bounce is permanent (Permanent/General).",
      "",
      "",
    ]);
    expect(stderr).toContain("        1  event read in ");
    expect(stderr).toContain("        1  ignored: Open\n");
  });

  test("a recipient that is no address does nothing, and nothing is kept of it", async () => {
    const folder = temporaryFolder();
    const local = {
      eventType: "Bounce",
      bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: "root" }] },
    };
    const result = await run("feedback", inFile(json(local)), "--apply", "--state", `${folder}/state.db`);
    expect(result.status).toBe(0);
    expect(result.stdout).toContain("Effect    none. Nothing is kept of it, because what it names is not an address.");
    expect(result.stdout).not.toContain("Address");
  });

  test("what a terminal obeys is taken out of an address", async () => {
    const evil = { eventType: "Delivery", delivery: { recipients: ["a\u001b[2J@b.example"] } };
    const { stdout } = await run("feedback", inFile(json(evil)));
    expect(stdout).toContain("delivery to a");
    expect(stdout).not.toContain("\u001b");
  });

  test("whoever closes the pipe ends the run, and hears only of what was not recorded", async () => {
    const file = inFile(json([bounce, complaint]));
    for (const [more, told] of [
      [[], ""],
      [["--apply", "--state", `${temporaryFolder()}/state.db`], "mailroom: stopped, because nobody reads the output"],
    ] as const) {
      const [stdout, stderr] = [captured(), captured()];
      stdout.destroy(Object.assign(new Error("closed"), { code: "EPIPE" }));
      const status = await main(["feedback", file, ...more], { stdout, stderr }, {});
      expect(status).toBe(0);
      expect(stderr.text().startsWith(told)).toBe(true);
      expect(stderr.text()).not.toContain("events read");
    }
  });
});

describe("--apply", () => {
  test("records in the state file, and says what became of the address", async () => {
    const state = `${temporaryFolder()}/deep/state.db`;
    const full = eventFile("feedback/bounce-event");
    const { status, stdout, stderr } = await run("feedback", inFile(json([bounce, full])), "--apply", "--state", state);
    expect(status).toBe(0);
    expect(stdout).toContain("  Address   suppressed (bounce) since 2026-11-21T07:41:19.000Z\n");
    expect(stdout).toContain("  Address   may be written to\n");
    expect(stderr).toContain(`Applied: the reports are recorded in ${state}.`);
    expect(await stateOf(state, "gone@partner.example")).toMatchObject({
      reason: "bounce",
      expiresAt: null,
      version: 1,
    });
    expect(await stateOf(state, "full@partner.example")).toMatchObject({ reason: null, counts: { transient: 1 } });
  });

  test("twice leaves the table as it was", async () => {
    const state = `${temporaryFolder()}/state.db`;
    const file = inFile(json([bounce, complaint, eventFile("feedback/bounce-mixed")]));
    const dump = () => {
      const database = new DatabaseSync(state, { readOnly: true });
      const rows = ["suppression", "evidence"].map((table) => database.prepare(`SELECT * FROM ${table}`).all());
      database.close();
      return rows;
    };
    const first = await run("feedback", file, "--apply", "--json", "--state", state);
    const before = dump();
    const second = await run("feedback", file, "--apply", "--json", "--state", state);
    expect(dump()).toEqual(before);
    expect(before.map((rows) => rows.length)).toEqual([expect.any(Number), 8]);
    expect(second.stdout).toBe(first.stdout);
  });

  test("without it nothing is written", async () => {
    const folder = temporaryFolder();
    await run("feedback", inFile(json(bounce)), "--state", `${folder}/state.db`);
    expect(() => readFileSync(`${folder}/state.db`)).toThrow("no such file");
  });

  test("what cannot be recorded is told, and the status is 1", async () => {
    const folder = temporaryFolder();
    const state = `${folder}/state.db`;
    openStateFile(state).close();
    const database = new DatabaseSync(state);
    database.exec("CREATE TRIGGER t BEFORE INSERT ON evidence BEGIN SELECT RAISE(ABORT, 'no room'); END");
    database.close();
    const file = inFile(json(bounce));
    const result = await run("feedback", file, "--apply", "--json", "--state", state);
    expect([result.status, objects(result)]).toMatchObject([1, [{ recipient: "gone@partner.example" }]]);
    expect(result.stderr).toContain(`mailroom: not recorded: a bounce in ${file}: no room`);
  });

  test("a file that is no database is wrong configuration", async () => {
    const state = inFile("this is no database, but long enough to be taken for one".repeat(20), "state.db");
    const { status, stderr } = await run("feedback", inFile(json(bounce)), "--apply", "--state", state);
    expect(status).toBe(2);
    expect(stderr).toContain("cannot be used as a state file");
  });
});

test("after Ctrl-C: whole results, a summary that says so, status 130", async () => {
  const many = 20_000;
  const file = inFile(`${json(bounce)}\n`.repeat(many));
  const child = spawn(process.execPath, [MAILROOM, "feedback", file, "--json"]);
  const [stderr, closed] = [text(child.stderr), once(child, "close")];
  const chunks: string[] = [];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    if (chunks.length === 0) child.kill("SIGINT");
    chunks.push(chunk);
  });
  expect((await closed)[0]).toBe(130);
  const lines = chunks.join("").trimEnd().split("\n");
  expect(lines.length).toBeLessThan(many);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ recipient: "gone@partner.example" });
  expect(await stderr).toContain("Interrupted: the rest of the events was not read.");
});

test("--help is answered", async () => {
  const { status, stdout } = await run("feedback", "--help");
  expect(status).toBe(0);
  expect(stdout).toContain("FILE is\n  a file ");
});

describe("--policy", () => {
  test("decides what a report does", async () => {
    const policy = inFile("version: 1\npolicy:\n  bounces:\n    Permanent/General: none\n", "suppression.yml");
    const result = await run("feedback", inFile(json(bounce)), "--json", "--policy", policy);
    expect([result.status, objects(result)]).toMatchObject([0, [{ effect: "none" }]]);
  });

  test.each([
    ["that is not there", "nothere.yml", "cannot read the suppression file nothere.yml"],
    ["that is broken", undefined, ":1:1: "],
  ])("a file %s is wrong configuration", async (_, named, told) => {
    const policy = named ?? inFile("nothing: true\n", "suppression.yml");
    const { status, stderr } = await run("feedback", inFile(json(bounce)), "--policy", policy);
    expect(status).toBe(2);
    expect(stderr).toContain(told);
  });
});
