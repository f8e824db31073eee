import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStateFile } from "../../../shared/local/state-file.ts";
import { canonicalAddress } from "../../../shared/suppression/canonical-address.ts";
import { SUPPRESSION_REASONS } from "../../../shared/suppression/suppression.ts";
import { collect } from "../../support/collect.ts";
import { suppressionOf } from "../../support/suppressions.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { objects, run } from "../run-mailroom.ts";

const SINCE = "2026-11-21T07:41:19.000Z";
const HEADER = "address,reason,since,expiresAt,spelling\r\n";

/** Runs a command on the state file of a folder. */
function at(folder: string, ...words: readonly string[]) {
  return run("suppression", ...words, "--state", `${folder}/state.db`);
}

async function exported(folder: string, ...words: readonly string[]): Promise<string> {
  return (await at(folder, "export", ...words)).stdout;
}

describe("an import", () => {
  test("takes over what a file says, and the same file again changes nothing", async () => {
    const folder = temporaryFolder({
      "list.csv": `${HEADER}gone@partner.example,bounce,${SINCE},,Gone@Partner.example\r\naway@partner.example,manual,${SINCE},2027-01-01,\r\n`,
    });
    const first = await at(folder, "import", `${folder}/list.csv`, "--who", "ana", "--json");
    expect([first.status, objects(first)]).toEqual([0, [{ lines: 2, imported: 2, unchanged: 0, bad: 0, failed: 0 }]]);
    const again = await at(folder, "import", `${folder}/list.csv`, "--who", "ben", "--json");
    expect(objects(again)).toEqual([{ lines: 2, imported: 0, unchanged: 2, bad: 0, failed: 0 }]);
    const [state] = objects(await at(folder, "get", "gone@partner.example", "--json"));
    expect(state).toMatchObject({
      suppressed: true,
      reason: "bounce",
      since: SINCE,
      spelling: "Gone@Partner.example",
      evidence: [
        {
          act: "import",
          who: "ana",
          why: `imported from ${folder}/list.csv`,
          entry: { reason: "bounce", since: SINCE, expiresAt: null },
        },
      ],
    });
  });

  test("SES's bulk file, which names no time, is from now on; the next night it changes nothing", async () => {
    const folder = temporaryFolder({
      "ses.csv": "Gone@Partner.example,BOUNCE\nangry@isp.example,COMPLAINT\n",
      "ses.ndjson": '{"emailAddress":"Gone@Partner.example","reason":"BOUNCE"}\n',
    });
    const files = ["ses.csv", "ses.ndjson", "ses.csv"].map((file) => `${folder}/${file}`);
    const sums: unknown[] = [];
    for (const file of files) sums.push(...objects(await at(folder, "import", file, "--json")));
    expect(sums).toMatchObject([{ imported: 2 }, { imported: 0, unchanged: 1 }, { imported: 0, unchanged: 2 }]);
    const [state] = objects(await at(folder, "get", "gone@partner.example", "--json"));
    expect(state).toMatchObject({ reason: "bounce", expiresAt: null, evidence: [{ act: "import" }] });
  });

  test("a file that does not say when a suppression ends leaves it to the policy", async () => {
    const folder = temporaryFolder({ "list.csv": `address,reason,since\nfull@partner.example,mailboxFull,${SINCE}\n` });
    await at(folder, "import", `${folder}/list.csv`);
    const [state] = objects(await at(folder, "get", "full@partner.example", "--json"));
    expect(state).toMatchObject({ reason: "mailboxFull", expiresAt: "2027-02-19T07:41:19.000Z" });
  });

  test("what a person removed is suppressed again, when a person imports it again", async () => {
    const folder = temporaryFolder({ "list.csv": `gone@partner.example,bounce,${SINCE}\n` });
    await at(folder, "import", `${folder}/list.csv`);
    await at(folder, "remove", "gone@partner.example", "--reason", "works again");
    expect(await exported(folder)).toBe(HEADER);
    await at(folder, "import", `${folder}/list.csv`);
    expect(await exported(folder)).toContain("gone@partner.example,bounce");
  });

  const BAD = [
    "a@partner.example,BOUNCE",
    '"never closed,BOUNCE',
    "",
    "nobody,BOUNCE",
    "b@partner.example,BOUNCE",
    "c@partner.example,SPAM",
    `${"x".repeat(20_000)}@partner.example,BOUNCE`,
    "d@partner.example,COMPLAINT",
  ].join("\r\n");

  test("bad lines are told with their numbers and skipped, status 1", async () => {
    const folder = temporaryFolder({ "list.csv": `\ufeff${BAD}` });
    const result = await at(folder, "import", `${folder}/list.csv`, "--json");
    expect(result.status).toBe(1);
    expect(objects(result)).toEqual([
      { line: 2, problem: "expected a quote that ends the field at character 1" },
      { line: 4, problem: 'expected an address, got "nobody"' },
      { line: 6, problem: expect.stringMatching(/^expected a reason \(.*\), got "SPAM"$/) },
      { line: 7, problem: "expected an entry, got a line of more than 16384 bytes" },
      { lines: 7, imported: 3, unchanged: 0, bad: 4, failed: 0 },
    ]);
    expect(result.stderr).toContain('mailroom: line 4: expected an address, got "nobody"\n');
    expect(result.stderr).toContain("        4    bad, as said above\n");
    expect(await exported(folder)).toMatch(/d@partner.*a@partner.*b@partner/s);
  });

  test("with --on-error stop the first bad line is the end; what stands before it is imported", async () => {
    const folder = temporaryFolder({ "list.csv": BAD });
    const { status, stderr } = await at(folder, "import", `${folder}/list.csv`, "--on-error", "stop");
    expect(status).toBe(1);
    expect(stderr).toContain("mailroom: line 2: expected a quote");
    expect(stderr).not.toContain("line 4");
    expect(stderr).toContain("Stopped at a bad line");
    expect((await exported(folder)).trimEnd().split("\r\n")).toHaveLength(2);
  });

  test("a file that is no list at all does not flood the terminal", async () => {
    const folder = temporaryFolder({ "list.csv": "x\n".repeat(3_000) });
    const { status, stderr } = await at(folder, "import", `${folder}/list.csv`);
    expect([status, stderr.split("\n").length < 1_010]).toEqual([1, true]);
    expect(stderr).toContain("further lines are counted, but not told");
    expect(stderr).toContain("    3,000    bad, as said above");
  });

  test("what a terminal would obey in a bad line is taken out", async () => {
    const folder = temporaryFolder({ "list.csv": "\u001b]0;title\u0007\u202e,BOUNCE\n" });
    const { stderr } = await at(folder, "import", `${folder}/list.csv`);
    for (const character of "\u001b\u0007\u202e") expect(stderr).not.toContain(character);
  });

  test("an empty file is imported", async () => {
    const folder = temporaryFolder({ "list.csv": "" });
    expect((await at(folder, "import", `${folder}/list.csv`)).status).toBe(0);
  });

  test.each([
    ["nothere.csv", "no such file or directory"],
    ["folder", "expected a file, got a folder"],
  ])("a file that cannot be read is told, status 1: %s", async (file, told) => {
    const folder = temporaryFolder();
    mkdirSync(`${folder}/folder`);
    const { status, stderr } = await at(folder, "import", `${folder}/${file}`);
    expect([status, stderr]).toEqual([1, `mailroom: cannot read ${folder}/${file}: ${told}\n`]);
    expect(existsSync(`${folder}/state.db`)).toBe(false);
  });

  test("more entries than are written at once", async () => {
    const lines = Array.from({ length: 2_500 }, (_, number) => `u${number}@partner.example,BOUNCE\n`);
    const folder = temporaryFolder({ "list.csv": lines.join("") });
    expect((await at(folder, "import", `${folder}/list.csv`)).status).toBe(0);
    expect((await exported(folder)).split("\r\n")).toHaveLength(2_502);
  });
});

describe("an export", () => {
  async function withStates(): Promise<string> {
    const folder = temporaryFolder();
    using state = openStateFile(`${folder}/state.db`);
    const table = state.suppressionTable;
    await table.put(suppressionOf());
    await table.put(
      suppressionOf({
        address: "old@partner.example",
        spelling: "old@partner.example",
        expiresAt: "2026-11-22T00:00:00.000Z",
      }),
    );
    await table.put(
      suppressionOf({ address: "=1+1@partner.example", spelling: "=1+1@partner.example", reason: "complaint" }),
    );
    return folder;
  }

  test("holds what is suppressed now, an address that a spreadsheet would calculate as it is", async () => {
    expect(await exported(await withStates())).toBe(
      `${HEADER}=1+1@partner.example,complaint,${SINCE},,=1+1@partner.example\r\ngone@partner.example,bounce,${SINCE},,Gone@Partner.example\r\n`,
    );
  });

  test("holds what has ended as well, when that is asked for", async () => {
    expect(await exported(await withStates(), "--expired")).toContain(
      `old@partner.example,bounce,${SINCE},2026-11-22T00:00:00.000Z,`,
    );
  });

  test("goes to a file, whose ending says how; nothing else is left beside it", async () => {
    const folder = await withStates();
    writeFileSync(`${folder}/list.ndjson`, "what was there before");
    const { status, stdout, stderr } = await at(folder, "export", `${folder}/list.ndjson`);
    expect([status, stdout, stderr]).toEqual([0, "", `2 entries written to ${folder}/list.ndjson\n`]);
    expect(JSON.parse(readFileSync(`${folder}/list.ndjson`, "utf8").split("\n")[1] ?? "")).toEqual({
      address: "gone@partner.example",
      reason: "bounce",
      since: SINCE,
      expiresAt: null,
      spelling: "Gone@Partner.example",
    });
    expect(readdirSync(folder).filter((name) => name.startsWith("list"))).toEqual(["list.ndjson"]);
  });

  test("a file that cannot be written is told, status 1", async () => {
    const folder = await withStates();
    const { status, stderr } = await at(folder, "export", `${folder}/nothere/list.csv`);
    expect([status, stderr]).toEqual([
      1,
      `mailroom: cannot write ${folder}/nothere/list.csv: no such file or directory\n`,
    ]);
  });

  test("where there is no state file, there is nothing to export", async () => {
    const { status, stdout, stderr } = await at(temporaryFolder(), "export");
    expect([status, stdout]).toEqual([0, HEADER]);
    expect(stderr).toContain("there is no state file");
  });
});

/** Characters that a format could stumble over, in what can still be an address. */
const local = fc
  .array(fc.constantFrom(..."aB0=+-@,;'\"\\ <>()#&é障😀\ufffdΣß".split("")), { minLength: 1, maxLength: 12 })
  .map((characters) => characters.join(""))
  .map((text) => (/^[aB0=+\-'#&é障Σß]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`));
const address = fc
  .tuple(local, fc.constantFrom("partner.example", "Partner.Example", "bücher.example", "[192.0.2.1]"))
  .map(([name, domain]) => `${name}@${domain}`)
  .filter((written) => canonicalAddress(written) !== undefined);
const time = fc.integer({ min: 0, max: 4e12 }).map((milliseconds) => new Date(milliseconds).toISOString());
const states = fc.uniqueArray(
  fc.record({
    spelling: fc.oneof(
      address,
      address.map((written) => ` <${written}>\n`),
    ),
    reason: fc.constantFrom(...SUPPRESSION_REASONS),
    since: time,
    expiresAt: fc.option(time),
  }),
  { selector: ({ spelling }) => canonicalAddress(spelling), maxLength: 8 },
);

test.each(["csv", "ndjson"] as const)(
  "what is exported and imported into an empty table is exported as the same bytes: %s",
  async (format) => {
    await fc.assert(
      fc.asyncProperty(states, async (items) => {
        const [from, to] = [temporaryFolder(), temporaryFolder()];
        using state = openStateFile(`${from}/state.db`);
        for (const item of items)
          await state.suppressionTable.put(suppressionOf({ ...item, address: canonicalAddress(item.spelling) ?? "" }));
        const file = `${from}/list.${format}`;
        await at(from, "export", file, "--expired");
        const result = await at(to, "import", file);
        expect([result.status, result.stderr.match(/line \d.*/)]).toEqual([0, null]);
        expect(await exported(to, "--expired", "--format", format)).toBe(readFileSync(file, "utf8"));
        using copy = openStateFile(`${to}/state.db`);
        const facts = async (table: typeof state.suppressionTable) =>
          (await collect(table.list())).map(({ address, reason, since, expiresAt }) => ({
            address,
            reason,
            since,
            expiresAt,
          }));
        expect(await facts(copy.suppressionTable)).toEqual(await facts(state.suppressionTable));
      }),
      { numRuns: 40 },
    );
  },
);
