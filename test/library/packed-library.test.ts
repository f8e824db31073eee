import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { dynamoSuppressionTable } from "../../shared/aws/dynamo-suppression-table.ts";
import { openStateFile } from "../../shared/local/state-file.ts";
import { systemClock } from "../../shared/system-clock.ts";
import { startLocalDynamo } from "../support/local-dynamo.ts";
import { suppressionOf } from "../support/suppressions.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { unpackPackage } from "../support/unpack.ts";

// What `npm install ses-mailroom-….tgz` gives an empty project, without the network: the packed files are unpacked where npm would put
// them, and the dependencies are this project's own.

const ROOT = resolve(import.meta.dirname, "../..");
const DOCS = readFileSync(join(ROOT, "docs/library.md"), "utf8");
const LONG = 120_000;

let project = "";

const folder = mkdtempSync(join(tmpdir(), "mailroom-library-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(() => {
  const packed = spawnSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: ROOT, encoding: "utf8" });
  if (packed.status !== 0) throw new Error(`npm pack failed: ${packed.stderr}`);
  const tarball = readdirSync(folder).find((file) => file.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack made no tarball");
  project = join(folder, "project");
  const modules = join(project, "node_modules");
  mkdirSync(modules, { recursive: true });
  unpackPackage(readFileSync(join(folder, tarball)), join(modules, "ses-mailroom"));
  for (const dependency of ["@aws-sdk", "@smithy", "@types", "nodemailer", "undici-types"])
    symlinkSync(join(ROOT, "node_modules", dependency), join(modules, dependency));
}, LONG);

/** Runs a program in the project with this Node. */
function run(file: string, source: string, args: readonly string[] = [], env: Record<string, string> = {}) {
  writeFileSync(join(project, file), source);
  const { stdout, stderr, status } = spawnSync(process.execPath, [file, ...args], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ...env },
  });
  return { status, stdout, stderr };
}

function stateFile(): string {
  const file = join(temporaryFolder(), "state.db");
  using state = openStateFile(file);
  void state.suppressionTable.put(suppressionOf());
  void state.suppressionTable.put(
    suppressionOf({ address: "old@partner.example", expiresAt: "2026-01-01T00:00:00.000Z" }),
  );
  return file;
}

const ASK = `
const list = createSuppressionList({ state: process.argv[2] });
const parts = await list.partitionRecipients(["Jane <GONE@Partner.example>", "ok@partner.example", "old@partner.example", "nobody"]);
console.log(JSON.stringify([await list.isSuppressed("gone@PARTNER.example"), await list.isSuppressed("ok@partner.example"), parts]));
list.close();
`;

const answer = [
  true,
  false,
  {
    deliverable: ["ok@partner.example", "old@partner.example"],
    suppressed: [
      {
        recipient: "Jane <GONE@Partner.example>",
        reason: "bounce",
        since: "2026-11-21T07:41:19.000Z",
        expiresAt: null,
      },
    ],
    invalid: ["nobody"],
  },
];

test.each([
  ["an ES module", "ask.mjs", `import { createSuppressionList } from "ses-mailroom";${ASK}`],
  ["CommonJS", "ask.cjs", `const { createSuppressionList } = require("ses-mailroom");(async () => {${ASK}})();`],
])("plain JavaScript asks a state file: %s", (_title, file, source) => {
  const { stdout, stderr } = run(file, source, [stateFile()]);
  expect([stderr, JSON.parse(stdout)]).toEqual(["", answer]);
});

test("plain JavaScript asks a DynamoDB table", async () => {
  const dynamo = await startLocalDynamo("mailroom-suppression");
  try {
    await dynamoSuppressionTable(dynamo.client, "mailroom-suppression", systemClock).put(suppressionOf());
    const source = `import { createSuppressionList } from "ses-mailroom";
      const list = createSuppressionList({ table: "mailroom-suppression" });
      console.log(await list.isSuppressed("Gone@partner.example"), await list.isSuppressed("ok@partner.example"));
      list.close();`;
    const env = {
      AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    };
    const { stdout, stderr } = await runBeside(source, env);
    expect([stderr, stdout]).toEqual(["", "true false\n"]);
  } finally {
    await dynamo.close();
  }
});

/** As `run`, without stopping the server that answers it in this process. */
async function runBeside(source: string, env: Record<string, string>): Promise<{ stdout: string; stderr: string }> {
  const { execFile } = await import("node:child_process");
  writeFileSync(join(project, "ask-dynamo.mjs"), source);
  return new Promise((done) =>
    execFile(
      process.execPath,
      ["ask-dynamo.mjs"],
      { cwd: project, env: { ...process.env, ...env } },
      (_error, stdout, stderr) => done({ stdout, stderr }),
    ),
  );
}

test("what is no address is refused; a state file that is not there is told", () => {
  const source = `import { createSuppressionList } from "ses-mailroom";
    const list = createSuppressionList({ state: "nothere.db" });
    for (const address of ["nobody", "a@b.example"]) await list.isSuppressed(address).catch((error) => console.log(String(error)));`;
  expect(run("refused.mjs", source).stdout.split("\n")).toEqual([
    'TypeError: expected an address, got "nobody"',
    'Error: There is no state file "nothere.db"',
    "",
  ]);
});

test("a return path that the library made is read again", () => {
  const source = `import { readVerp, verpAddress } from "ses-mailroom";
    const key = "k".repeat(32);
    const path = verpAddress({ recipient: "jane@partner.example", mailbox: "bounces@mail.acme.example", key });
    console.log(readVerp(path, key)?.recipient);`;
  expect(run("verp.mjs", source).stdout).toBe("jane@partner.example\n");
});

const examples = [...DOCS.matchAll(/```(ts|js)\n(.*?)```/gs)].map(([, language = "", source = ""], at) => ({
  name: `example-${at + 1}.m${language}`,
  source,
}));
const written = (language: string) => examples.filter(({ name }) => name.endsWith(language));

test.each(written("js"))("the JavaScript of docs/library.md can be run: $name", ({ name, source }) => {
  writeFileSync(join(project, name), source);
  const { stderr, status } = spawnSync(process.execPath, ["--check", name], { cwd: project, encoding: "utf8" });
  expect([stderr, status]).toEqual(["", 0]);
});

test("the TypeScript of docs/library.md is right, under the strictest options", { timeout: LONG }, () => {
  expect(written("ts").length).toBeGreaterThanOrEqual(2);
  for (const { name, source } of written("ts")) writeFileSync(join(project, name), source);
  writeFileSync(
    join(project, "import.cts"),
    'import { createSuppressionList } from "ses-mailroom";\nvoid createSuppressionList;\n',
  );
  const options = {
    compilerOptions: {
      ...{ module: "nodenext", target: "es2024", lib: ["es2024", "esnext.disposable"], strict: true, noEmit: true },
      ...{ types: ["node"], exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
    },
    include: ["*.mts", "*.cts"],
  };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify(options));
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: project, encoding: "utf8" });
  expect([stdout, status]).toEqual(["", 0]);
});
