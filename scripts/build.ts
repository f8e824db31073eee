import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { deflateRawSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

// Bundles every function to build/functions/NAME.cjs, checks what came into each, and starts each once, as Lambda would:
// `npm run build`.

const root = resolve(import.meta.dirname, "..");
const outdir = join(root, "build", "functions");
const names = readdirSync(join(root, "functions"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();

/** Packages that a function has no use for. One import too many would bring them in, and a cold start would pay for them. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
  "record-bounce": ["mailparser", "libmime", "@aws-sdk/client-s3", "@aws-sdk/client-sns", "re2js"],
  "record-complaint": ["mailparser", "libmime", "@aws-sdk/client-s3", "@aws-sdk/client-sns", "re2js"],
  "screen-mail": ["mailparser", "@aws-sdk/client-s3", "@aws-sdk/client-sns", "@aws-sdk/client-dynamodb"],
};

const metafile = await bundle();
const failures = [
  ...names.flatMap(checkContent),
  ...withTaskRoot((taskRoot) => names.map((name) => checkStart(name, taskRoot)).filter((line) => line !== "")),
];
if (failures.length > 0) {
  console.error(failures.join("\n"));
  process.exit(1);
}
printSizes();

async function bundle(): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const { warnings, metafile } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => `functions/${name}.ts`),
    outdir,
    bundle: true,
    platform: "node",
    target: "node24",
    // CommonJS: mailparser inside an ESM bundle dies on "Dynamic require".
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    // The ESM form of a package is smaller in a bundle, because what is not used falls away.
    mainFields: ["module", "main"],
    minify: true,
    sourcemap: "external",
    metafile: true,
    logLevel: "warning",
  });
  // A warning here is a failure there: `import.meta` in CommonJS, or a module that is not found before it is called.
  if (warnings.length > 0) throw new Error(`esbuild has ${warnings.length} warning(s), see above`);
  return metafile;
}

/** Says which packages are in a bundle that must not be. */
function checkContent(name: string): string[] {
  const output = Object.entries(metafile.outputs).find(([path]) => basename(path) === `${name}.cjs`)?.[1];
  const files = Object.keys(output?.inputs ?? {});
  if (files.length === 0) throw new Error(`esbuild names no file that is in ${name}`);
  return (WITHOUT[name] ?? [])
    .filter((packageName) => files.some((file) => file.includes(`node_modules/${packageName}/`)))
    .map((packageName) => `${name}: ${packageName} is in the bundle`);
}

/** Gives a folder like the one that Lambda unpacks a function into: with a rules file. It is gone afterwards. */
function withTaskRoot<Result>(use: (taskRoot: string) => Result): Result {
  const taskRoot = mkdtempSync(join(tmpdir(), "mailroom-build-"));
  try {
    writeFileSync(join(taskRoot, "rules.yml"), "rules:\n  - name: outage\n    when: { keywords: [outage] }\n");
    // A file, because `node -e` defines a `require` that hides a broken bundle.
    writeFileSync(
      join(taskRoot, "start.mjs"),
      `const { handler } = await import(process.argv[2]);
       if (typeof handler !== "function") throw new Error("handler is a " + typeof handler);`,
    );
    return use(taskRoot);
  } finally {
    rmSync(taskRoot, { recursive: true, force: true });
  }
}

/** Loads a bundle in a fresh process whose environment has nothing but what the functions need; says what went wrong. */
function checkStart(name: string, taskRoot: string): string {
  const arn = "arn:aws:sns:eu-west-1:444455556666:build";
  const { status, signal, stderr, error } = spawnSync(process.execPath, ["start.mjs", join(outdir, `${name}.cjs`)], {
    cwd: taskRoot,
    env: {
      AWS_REGION: "eu-west-1",
      LAMBDA_TASK_ROOT: taskRoot,
      MAILROOM_MAIL_BUCKET: "build",
      MAILROOM_MAIL_TABLE: "build",
      MAILROOM_TOPICS: `default=${arn},operator=${arn}`,
      MAILROOM_SUPPRESSION_TABLE: "build",
    },
    encoding: "utf8",
    timeout: 60_000,
  });
  return status === 0 ? "" : `${name}: the bundle does not start (${error?.message ?? signal ?? status})\n${stderr}`;
}

function printSizes(): void {
  const kilobytes = (bytes: number) => `${Math.ceil(bytes / 1024)} KB`.padStart(9);
  console.log(`${"function".padEnd(20)}${"size".padStart(9)}${"zipped".padStart(9)}`);
  for (const name of names) {
    const code = readFileSync(join(outdir, `${name}.cjs`));
    console.log(`${name.padEnd(20)}${kilobytes(code.length)}${kilobytes(deflateRawSync(code, { level: 9 }).length)}`);
  }
}
