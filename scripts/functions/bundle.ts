import { readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join, resolve } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { leaveOutUnused } from "./unused-modules.ts";

const root = resolve(import.meta.dirname, "..", "..");

/** The functions by name, which is also that of their file. */
export const FUNCTIONS: readonly string[] = readdirSync(join(root, "functions"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"))
  .sort();

/** How our code becomes one file that Lambda loads. */
export const BUNDLING = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node24",
  // CommonJS: mailparser inside an ESM bundle dies on "Dynamic require".
  format: "cjs",
  outExtension: { ".js": ".cjs" },
  // Files beside a function are found by it.
  define: { "import.meta.dirname": "__dirname" },
  // The ESM form of a package is smaller in a bundle, because what is not used falls away.
  mainFields: ["module", "main"],
  // mailparser imports libmime and mailsplit requires it: in two forms, it would be there twice.
  alias: { libmime: createRequire(import.meta.url).resolve("libmime") },
  plugins: [leaveOutUnused],
  minify: true,
  logLevel: "warning",
} satisfies BuildOptions;

/** The functions' files, as esbuild takes them. */
export const ENTRY_POINTS: string[] = FUNCTIONS.map((name) => `functions/${name}.ts`);

/**
 * Bundles every function to `NAME.cjs` in a folder, which is emptied before.
 *
 * @returns what esbuild says is in each
 */
export async function bundleFunctions(outdir: string): Promise<Metafile> {
  rmSync(outdir, { recursive: true, force: true });
  const { warnings, metafile } = await build({
    ...BUNDLING,
    entryPoints: ENTRY_POINTS,
    outdir,
    sourcemap: "external",
    metafile: true,
  });
  // A warning here is a failure there: `import.meta` in CommonJS, or a module that is not found before it is called.
  if (warnings.length > 0) throw new Error(`esbuild has ${warnings.length} warning(s), see above`);
  return metafile;
}
