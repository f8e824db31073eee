import { basename } from "node:path";
import type { Metafile } from "esbuild";

/** A file that is in a bundle. */
export interface Module {
  /** From the root of the project. */
  readonly path: string;
  /** What it takes in the bundle. */
  readonly bytes: number;
}

export interface Bundle {
  readonly bytes: number;
  /** The largest first. */
  readonly modules: readonly Module[];
}

/** What esbuild says is in a function's bundle. */
export function bundleOf(metafile: Metafile, name: string): Bundle {
  const output = Object.entries(metafile.outputs).find(([path]) => basename(path) === `${name}.cjs`)?.[1];
  const modules = Object.entries(output?.inputs ?? {}).map(([path, { bytesInOutput: bytes }]) => ({ path, bytes }));
  if (output === undefined || modules.length === 0) throw new Error(`esbuild names no file that is in ${name}`);
  return { bytes: output.bytes, modules: modules.sort((one, other) => other.bytes - one.bytes) };
}

/** A module as a file of its package. */
export interface PackageFile {
  /** `@scope/name`, or `name`. */
  readonly package: string;
  /** Where the package lies: another place is another copy. */
  readonly root: string;
  /** Its path inside the package. */
  readonly file: string;
}

/** The package that a module is of; `undefined`: it is our own. */
export function packageFile(path: string): PackageFile | undefined {
  const [, root, name, file] = path.match(/^((?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+))\/(.+)$/) ?? [];
  return root === undefined || name === undefined || file === undefined ? undefined : { package: name, root, file };
}
