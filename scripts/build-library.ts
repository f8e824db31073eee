import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { build } from "esbuild";

// Builds what other programs import, because Node runs no TypeScript inside node_modules: `npm run build:library`.
// dist/esm and dist/cjs hold the same; each has its own types, as TypeScript wants.

const root = resolve(import.meta.dirname, "..");
const dist = join(root, "dist");
const FORMS = [
  { format: "esm", type: "module" },
  { format: "cjs", type: "commonjs" },
] as const;

rmSync(dist, { recursive: true, force: true });
for (const { format, type } of FORMS) {
  const outdir = join(dist, format);
  await build({
    absWorkingDir: root,
    entryPoints: ["library/index.ts"],
    outdir,
    bundle: true,
    // Dependencies are installed beside it. What needs a newer Node (node:sqlite) is in a part of its own, loaded when it is used.
    packages: "external",
    splitting: format === "esm",
    platform: "node",
    target: "node20",
    format,
    logLevel: "warning",
  });
  writeFileSync(join(outdir, "package.json"), `${JSON.stringify({ type })}\n`);
  emitTypes(join(outdir, "types"));
}

/** The declarations that the entry needs, and none of those that were made beside them. */
function emitTypes(outDir: string): void {
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const all = mkdtempSync(join(tmpdir(), "mailroom-types-"));
  try {
    const { status } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.library.json", "--outDir", all], {
      cwd: root,
      stdio: "inherit",
    });
    if (status !== 0) process.exit(status ?? 1);
    for (const file of reachable(join(all, "library", "index.d.ts"))) {
      const target = join(outDir, relative(all, file));
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(file, target);
    }
  } finally {
    rmSync(all, { recursive: true, force: true });
  }
}

function reachable(entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  // A set gives what is added to it while it is gone through.
  for (const file of found) {
    for (const [, imported = ""] of readFileSync(file, "utf8").matchAll(/from "(\.[^"]+)\.ts"/g)) {
      found.add(`${resolve(dirname(file), imported)}.d.ts`);
    }
  }
  return found;
}
