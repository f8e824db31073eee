import { describe, expect, test } from "vitest";
import { main } from "../../cli/main.ts";
import packageFile from "../../package.json" with { type: "json" };
import { temporaryFolder } from "../support/temporary-folder.ts";
import { captured } from "./output/captured.ts";
import { objects, rulesFile, run, runIn } from "./run-mailroom.ts";
import { mail } from "./small-mail.ts";

describe("wrong use ends with status 2, and says what is near", () => {
  test.each([
    ["an unknown command", ["repaly"], "unknown command 'repaly'\n(Did you mean replay?)"],
    ["an unknown command of rules", ["rules", "chekc"], "unknown command 'chekc'\n(Did you mean check?)"],
    ["an unknown option", ["replay", "x", "--jsno"], "unknown option '--jsno'\n(Did you mean --json?)"],
    ["no path", ["parse"], "missing required argument 'PATH'"],
    ["no number of workers", ["parse", "x", "--workers", "0"], "Expected a whole number from 1 to 64."],
    ["a fraction of workers", ["parse", "x", "--workers", "1.5"], "Expected a whole number from 1 to 64."],
    ["an option without its value", ["replay", "x", "--rules"], "option '--rules <FILE>' argument missing"],
    [
      "a rules file that is not there",
      ["replay", "x", "--rules", "nothere.yml"],
      "cannot read the rules file nothere.yml: no such",
    ],
    ["no command", [], "Usage: npm run mailroom -- "],
  ])("%s", async (_, words, told) => {
    const { status, stdout, stderr } = await run(...words);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(told);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test.each([[["--help"]], [["replay", "--help"]], [["parse", "--help"]], [["rules", "check", "--help"]]])(
  "%j is answered on standard output",
  async (words) => {
    const { status, stdout, stderr } = await run(...words);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^Usage: npm run mailroom -- /);
  },
);

test.each([
  [{}, false],
  [{ DEBUG: "mailroom" }, true],
])("with %j an error shows its stack: %s", async (env, expected) => {
  const { status, stderr } = await runIn(env, "rules", "check", "nothere.yml");
  expect(status).toBe(2);
  expect(stderr).toContain("mailroom: cannot read the rules file nothere.yml: no such file or directory\n");
  expect(/^\s+at /m.test(stderr)).toBe(expected);
});

test("results that cannot be written are told, status 1", async () => {
  const [stdout, stderr] = [captured(), captured()];
  stdout.destroy(new Error("no space left"));
  const status = await main(["rules", "check", rulesFile()], { stdout, stderr }, {});
  expect([status, stderr.text()]).toEqual([1, "mailroom: cannot write to standard output: no space left\n"]);
});

test("--version", async () => {
  expect(await run("--version")).toEqual({ status: 0, stdout: `${packageFile.version}\n`, stderr: "" });
});

describe("rules check", () => {
  const broken = "rules:\n  - name: a\n    when: { keyword: [x] }\n  - name: a\n    when: { keywords: [y] }\n";

  test("tells every problem with file, line and column, status 2", async () => {
    const file = rulesFile(broken);
    const { status, stdout, stderr } = await run("rules", "check", file);
    expect(status).toBe(2);
    expect(stdout.split("\n").filter((line) => line !== "")).toHaveLength(2);
    for (const line of stdout.trimEnd().split("\n")) expect(line).toMatch(/^\S+my\.yml:\d+:\d+: \S/);
    expect(stdout).toContain("my.yml:3:");
    expect(stdout).toContain("my.yml:4:");
    expect(stderr).toBe(`mailroom: 2 problems in ${file}\n`);
  });

  test("--json prints one object a problem", async () => {
    const file = rulesFile(broken);
    const result = await run("rules", "check", file, "--json");
    expect(objects(result)).toMatchObject([
      { file, line: 3, column: expect.any(Number), message: expect.any(String) },
      { file, line: 4, column: expect.any(Number), message: expect.any(String) },
    ]);
  });

  test("says what a good file holds", async () => {
    const file = rulesFile(`rules:
  - name: a
    when: { keywords: [x, y], any: [{ matches: { pattern: z } }, { not: { keywords: { none: [w] } } }] }
  - name: b
    enabled: false
    when: { all: [{ from: a@acme.example }] }
`);
    const counts = `${file} is in order: 2 rules (1 not enabled), 3 keywords, 1 pattern\n`;
    expect(await run("rules", "check", file)).toEqual({ status: 0, stdout: counts, stderr: "" });
    expect(await run("rules", "check", file, "--json")).toEqual({ status: 0, stdout: "", stderr: counts });
  });
});

describe("replay", () => {
  const mails = { "1.eml": mail("outage in Köln"), "2.eml": mail("all is well"), "notes.md": "# outage\n" };

  test("a broken rules file ends it before anything is read: every problem, status 2", async () => {
    const { status, stdout, stderr } = await run(
      "replay",
      temporaryFolder(mails),
      "--rules",
      rulesFile("rules: 1\nrulez: 2\n"),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr.trimEnd().split("\n")).toHaveLength(2);
    for (const line of stderr.trimEnd().split("\n")) expect(line).toMatch(/^\S+my\.yml:\d+:\d+: \S/);
  });

  test("--json prints one record a mail, in order, and the summary goes to standard error", async () => {
    const folder = temporaryFolder(mails);
    const result = await run("replay", folder, "--rules", rulesFile(), "--json");
    expect(result.status).toBe(0);
    expect(objects(result)).toMatchObject([
      {
        v: 1,
        source: `${folder}/1.eml`,
        outcome: "processed",
        matches: [{ rule: "outage" }],
        actions: [{ status: "planned" }],
      },
      { v: 1, source: `${folder}/2.eml`, outcome: "processed", matches: [], actions: [] },
    ]);
    expect(result.stderr).toContain("2  mails read");
    expect(result.stderr).toContain("1  skipped: does not begin like a mail");
    expect(result.stderr).toContain("Dry run: nothing was published or kept.");
  });

  test("shows a person the mails that matched, and them alone", async () => {
    const folder = temporaryFolder(mails);
    const { stdout } = await run("replay", folder, "--rules", rulesFile());
    expect(stdout).toContain(`${folder}/1.eml\n  Subject   outage in Köln\n`);
    expect(stdout).toContain('"outage" in the subject: [outage] in Köln');
    expect(stdout).not.toContain("2.eml");
  });

  test("trap 2, invalid Date header: the same command prints the same bytes whenever it runs, with workers too", async () => {
    const folder = temporaryFolder({
      ...Object.fromEntries(
        Array.from({ length: 60 }, (_, n) => [
          `${n}.eml`,
          mail(n % 7 ? `mail ${n}` : `outage ${n}`, "x".repeat(n * 50)),
        ]),
      ),
      "in.mbox": `From a Tue Nov 24 08:00:00 2026\n${mail("outage")}\n`.repeat(5),
      "date.eml": `Date: no such day\r\n${mail("outage")}`,
      "large.eml": mail("large", "outage\r\n".repeat(50_000)),
    });
    const rules = rulesFile();
    const one = await run("replay", folder, "--rules", rules, "--json");
    expect(objects(one)).toHaveLength(67);
    for (const workers of ["1", "2"]) {
      const again = await run("replay", folder, "--rules", rules, "--json", "--workers", workers);
      expect({ status: again.status, same: again.stdout === one.stdout }).toEqual({ status: 0, same: true });
    }
  });

  test("what cannot be read is told in one line, the rest goes on, status 1", async () => {
    const folder = temporaryFolder(mails);
    const result = await run("replay", "nothere", `${folder}/1.eml`, "", "--rules", rulesFile(), "--json");
    expect(result.status).toBe(1);
    expect(objects(result)).toHaveLength(1);
    expect(result.stderr).toContain("mailroom: cannot read nothere: no such file or directory\n");
    expect(result.stderr).toContain('mailroom: cannot read "": no such file or directory\n');
    expect(result.stderr).toContain("2  failed, as said above");
  });

  test("a mail that is nothing is a record and no failure", async () => {
    const result = await run("replay", `${temporaryFolder({ empty: "" })}/empty`, "--rules", rulesFile(), "--json");
    expect(result.status).toBe(0);
    expect(objects(result)).toMatchObject([{ size: 0, outcome: "unparsable", problems: [{ code: "empty" }] }]);
  });

  test("--apply prints alerts, keeps records, and does nothing twice", async () => {
    const folder = temporaryFolder(mails);
    const words = [
      "replay",
      folder,
      "--rules",
      rulesFile(),
      "--apply",
      "--state",
      `${folder}/.mailroom/state.db`,
      "--json",
    ];
    const first = await run(...words);
    expect(first.status).toBe(0);
    expect(objects(first)).toMatchObject([{ actions: [{ status: "done" }] }, { outcome: "processed" }]);
    expect(first.stderr).toContain("┌ to topic default\n");
    const second = await run(...words);
    expect(objects(second)).toMatchObject([
      { outcome: "duplicate", actions: [{ status: "skipped" }] },
      { outcome: "duplicate" },
    ]);
    expect(second.stderr).not.toContain("┌ to topic");
  });

  test("a state file that is no database is wrong use", async () => {
    const state = `${temporaryFolder({ "notes.txt": "not a database, but long enough to be looked at\n".repeat(50) })}/notes.txt`;
    const { status, stderr } = await run("replay", "x", "--rules", rulesFile(), "--apply", "--state", state);
    expect(status).toBe(2);
    expect(stderr).toContain("cannot be used as a state file");
  });

  test("--trust-headers believes the verdict block of the mail", async () => {
    const block = [
      "Return-Path: <ops@acme.example>",
      "Received: from mx.acme.example (mx.acme.example [192.0.2.7])",
      " by inbound-smtp.eu-west-1.amazonaws.com with SMTP id k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01",
      " for desk@example.com;",
      " Tue, 24 Nov 2026 08:00:00 +0000 (UTC)",
      "X-SES-Spam-Verdict: PASS",
      "X-SES-Virus-Verdict: PASS",
      "",
    ].join("\r\n");
    const folder = temporaryFolder({ "1.eml": block + mail("x") });
    const records = await Promise.all(
      [[], ["--trust-headers"]].map(async (more) =>
        objects(await run("replay", folder, "--rules", rulesFile(), "--json", ...more)),
      ),
    );
    expect(records.flat().map(({ verdictsTrusted }) => verdictsTrusted)).toEqual([false, true]);
  });
});

describe("parse", () => {
  test("--json prints one object a mail; --all takes every file", async () => {
    const folder = temporaryFolder({ "1.eml": mail("one"), "notes.md": "# no mail\n" });
    expect(objects(await run("parse", folder, "--json"))).toMatchObject([
      { source: `${folder}/1.eml`, subject: "one" },
    ]);
    const all = objects(await run("parse", folder, "--json", "--all"));
    expect(all).toMatchObject([
      { subject: "one" },
      { source: `${folder}/notes.md`, problems: [{ code: "noHeaders" }] },
    ]);
  });

  test("without --json shows the mails to a person", async () => {
    const folder = temporaryFolder({ "1.eml": mail("one") });
    const { status, stdout, stderr } = await run("parse", `${folder}/1.eml`);
    expect(status).toBe(0);
    expect(stdout).toContain(`${folder}/1.eml\n  Subject   one\n`);
    expect(stderr).toMatch(/^ {8}1 {2}mail read in [\d.]+ s, [\d,]+ mails\/s\n$/);
  });
});
