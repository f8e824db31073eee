import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { openStateFile } from "../../../shared/local/state-file.ts";
import type { SuppressionTable } from "../../../shared/ports.ts";
import { evidenceOf, suppressionOf } from "../../support/suppressions.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { objects, run } from "../run-mailroom.ts";

function stateFile(): string {
  return `${temporaryFolder()}/state.db`;
}

/** A state file that holds what `fill` puts into it. */
async function filled(fill: (table: SuppressionTable) => Promise<unknown>): Promise<string> {
  const file = stateFile();
  using state = openStateFile(file);
  await fill(state.suppressionTable);
  return file;
}

const suppression = (state: string, ...words: readonly string[]) => run("suppression", ...words, "--state", state);

const KEYS = ["address", "suppressed", "reason", "since", "expiresAt", "evidence"];

describe("get", () => {
  test("an address of which nothing is known may be written to; no state file is made for the answer", async () => {
    const state = stateFile();
    const result = await suppression(state, "get", "Jane@Partner.example", "--json");
    expect(result.status).toBe(0);
    const [printed = {}] = objects(result);
    expect(Object.keys(printed).slice(0, 6)).toEqual(KEYS);
    expect(printed).toMatchObject({
      address: "jane@partner.example",
      suppressed: false,
      reason: null,
      since: null,
      expiresAt: null,
      evidence: [],
    });
    expect(result.stderr).toBe(`mailroom: there is no state file ${state}: nothing is suppressed in it\n`);
    expect(existsSync(state)).toBe(false);
  });

  test("a suppressed address is found in any spelling, with its evidence of all kinds, the newest first", async () => {
    const at = (day: number) => `2026-11-${day}T00:00:00.000Z`;
    const state = await filled(async (table) => {
      await table.put(suppressionOf());
      await table.addEvidence(evidenceOf({ id: "old", at: at(10), shelf: "soft" }));
      await table.addEvidence(evidenceOf({ id: "new", at: at(20) }));
      await table.addEvidence(evidenceOf({ id: "undated", at: null, shelf: "untrusted", recordedAt: at(15) }));
    });
    const result = await suppression(state, "get", "<GONE@Partner.Example.>", "--json");
    const [printed = {}] = objects(result);
    expect(Object.keys(printed).slice(0, 6)).toEqual(KEYS);
    expect(printed).toMatchObject({
      address: "gone@partner.example",
      suppressed: true,
      reason: "bounce",
      since: "2026-11-21T07:41:19.000Z",
      expiresAt: null,
      evidence: [
        { id: "new", kind: "bounce", shelf: "decisive" },
        { id: "undated", at: null, shelf: "untrusted" },
        { id: "old" },
      ],
    });
  });

  test("no more than a hundred items of evidence are shown, the newest", async () => {
    const state = await filled(async (table) => {
      for (let at = 0; at < 150; at++)
        await table.addEvidence(
          evidenceOf({ id: `e${at}`, at: new Date(at * 1000).toISOString(), shelf: at % 2 ? "soft" : "told" }),
        );
    });
    const [printed] = objects(await suppression(state, "get", "gone@partner.example", "--json"));
    const evidence = printed?.["evidence"] as { id: string }[];
    expect([evidence.length, evidence[0]?.id, evidence.at(-1)?.id]).toEqual([100, "e149", "e50"]);
  });

  test("a suppression that has ended is shown, and suppresses nothing", async () => {
    const state = await filled((table) =>
      table.put(suppressionOf({ reason: "mailboxFull", expiresAt: "2026-11-22T00:00:00.000Z" })),
    );
    expect(objects(await suppression(state, "get", "gone@partner.example", "--json"))).toMatchObject([
      { suppressed: false, reason: "mailboxFull" },
    ]);
    expect((await suppression(state, "get", "gone@partner.example")).stdout).toContain(
      "may be written to again: mailboxFull ended at 2026-11-22T00:00:00.000Z",
    );
  });

  test("for a person", async () => {
    const state = await filled(async (table) => {
      await table.put(suppressionOf({ suspect: true }));
      await table.addEvidence(evidenceOf());
    });
    const { stdout } = await suppression(state, "get", "gone@partner.example");
    expect(stdout.split("\n")).toEqual([
      "gone@partner.example",
      "  State     suppressed (bounce) since 2026-11-21T07:41:19.000Z",
      "  Spelt     Gone@Partner.example",
      "  Suspect   named in a complaint beside others",
      "  Counted   1 permanent bounce",
      expect.stringMatching(/^ {2}Evidence {2}2026-\S+Z {2}bounce of \S+: Permanent\/General/),
      "",
    ]);
  });
});

describe("get refuses what is no address", () => {
  test.each(["nobody", "", "a@b@", "jane doe@partner.example"])("%j is no address: status 2", async (written) => {
    const { status, stdout, stderr } = await suppression(stateFile(), "get", written);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toBe(`mailroom: expected an address, got ${JSON.stringify(written)}\n`);
  });
});

describe("add and remove", () => {
  test("who and why are kept as evidence, and the address is suppressed until a person lifts it", async () => {
    const state = stateFile();
    const added = await suppression(
      state,
      "add",
      "Jane@Partner.example",
      "--reason",
      "asked by telephone",
      "--who",
      "ana",
      "--json",
    );
    expect(added.status).toBe(0);
    expect(objects(added)).toMatchObject([
      {
        address: "jane@partner.example",
        suppressed: true,
        reason: "manual",
        expiresAt: null,
        spelling: "Jane@Partner.example",
        evidence: [
          { kind: "person", act: "add", who: "ana", why: "asked by telephone", recipient: "Jane@Partner.example" },
        ],
      },
    ]);
    const removed = await suppression(state, "remove", "jane@PARTNER.example", "--reason", "asked again", "--json");
    expect(removed.stderr).toBe("");
    expect(objects(removed)).toMatchObject([
      {
        suppressed: false,
        reason: null,
        probation: true,
        evidence: [{ act: "remove", who: userInfo().username }, { act: "add" }],
      },
    ]);
  });

  test("removing what is not suppressed is told, and kept as evidence", async () => {
    const state = stateFile();
    const { status, stdout, stderr } = await suppression(
      state,
      "remove",
      "jane@partner.example",
      "--reason",
      "to be sure",
      "--json",
    );
    expect([status, stderr]).toEqual([
      0,
      "mailroom: jane@partner.example was not suppressed; that it was removed is recorded\n",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ suppressed: false, evidence: [{ act: "remove", why: "to be sure" }] });
  });

  test.each([
    ["90", 90],
    [new Date(Date.now() + 30 * 24 * 3600 * 1000).toISOString(), 30],
  ])("--expires %s ends it", async (expires, days) => {
    const result = await suppression(
      stateFile(),
      "add",
      "jane@partner.example",
      "--reason",
      "away",
      "--expires",
      expires,
      "--json",
    );
    const [printed] = objects(result);
    const length = (Date.parse(String(printed?.["expiresAt"])) - Date.now()) / (24 * 3600 * 1000);
    expect([printed?.["suppressed"], Math.round(length)]).toEqual([true, days]);
  });

  test.each([
    ["no address", ["add", "nobody", "--reason", "x"], "expected an address"],
    ["no reason", ["add", "a@b.example"], "required option '--reason <TEXT>' not specified"],
    ["no reason to remove", ["remove", "a@b.example"], "required option '--reason <TEXT>' not specified"],
    ["an empty reason", ["add", "a@b.example", "--reason", " "], "Expected some words."],
    [
      "an end that is over",
      ["add", "a@b.example", "--reason", "x", "--expires", "2026-01-01"],
      "expected --expires with a date to come",
    ],
    ["no days", ["add", "a@b.example", "--reason", "x", "--expires", "0"], "expected --expires with a date to come"],
    ["no date", ["add", "a@b.example", "--reason", "x", "--expires", "soon"], 'got "soon"'],
    ["a table beside the state file", ["get", "a@b.example", "--table", "a"], "cannot be used with option '--state"],
    ["a deployment beside it", ["get", "a@b.example", "--stage", "b"], "cannot be used with option '--state"],
    ["no reason of ours", ["list", "--reason", "spam"], "Allowed choices are complaint"],
    ["no date to list from", ["list", "--since", "soon"], "Expected a date such as"],
    ["no direction", ["sync"], "expected --from ses"],
    ["both directions", ["sync", "--from", "ses", "--to", "ses"], "cannot be used with"],
  ])("wrong use is status 2, and nothing is made: %s", async (_title, words, told) => {
    const state = stateFile();
    const { status, stdout, stderr } = await suppression(state, ...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(existsSync(state)).toBe(false);
  });
});

describe("list", () => {
  const three = () =>
    filled(async (table) => {
      await table.put(suppressionOf({ address: "b@partner.example", since: "2026-11-22T00:00:00.000Z" }));
      await table.put(suppressionOf({ address: "a@partner.example", since: "2026-11-20T00:00:00.000Z" }));
      await table.put(suppressionOf({ address: "c@partner.example", reason: "complaint" }));
      await table.put(
        suppressionOf({ address: "old@partner.example", reason: "mailboxFull", expiresAt: "2026-11-22T00:00:00.000Z" }),
      );
      await table.put(suppressionOf({ address: "free@partner.example", reason: null, since: null }));
    });

  test.each([
    ["all that are suppressed now, by weight and time", [], ["c", "a", "b"]],
    ["of one reason", ["--reason", "bounce"], ["a", "b"]],
    ["since a day", ["--since", "2026-11-21"], ["c", "b"]],
    ["also those that have ended", ["--expired"], ["c", "a", "b", "old"]],
  ])("%s", async (_title, words, names) => {
    const result = await suppression(await three(), "list", ...words, "--json");
    expect(objects(result).map(({ address }) => String(address).split("@")[0])).toEqual(names);
    expect([result.status, result.stderr]).toEqual([0, ""]);
  });

  test("for a person", async () => {
    const { stdout, stderr } = await suppression(await three(), "list", "--reason", "complaint");
    expect([stdout, stderr]).toEqual([
      "c@partner.example  complaint  since 2026-11-21T07:41:19.000Z\n",
      "1 suppressed address\n",
    ]);
  });
});

test("a policy of one's own says when what is added ends", async () => {
  const folder = temporaryFolder({ "policy.yml": "policy:\n  expiryDays:\n    manual: 10\n" });
  const words = ["add", "a@b.example", "--reason", "x", "--policy", `${folder}/policy.yml`, "--json"];
  const [printed] = objects(await suppression(stateFile(), ...words));
  const { since, expiresAt } = printed ?? {};
  expect(Date.parse(String(expiresAt)) - Date.parse(String(since))).toBe(10 * 24 * 60 * 60 * 1000);
});

test.each(["", "get", "list", "add", "remove", "import", "export", "sync"])(
  "the help of suppression %s",
  async (command) => {
    const words = command === "" ? [] : [command];
    const { status, stdout, stderr } = await run("suppression", ...words, "--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: npm run mailroom -- suppression /);
  },
);
