import type { Metafile } from "esbuild";
import { FUNCTIONS } from "./bundle.ts";
import { bundleOf, type Module, packageFile } from "./modules.ts";

/** What mailparser would bring along: see `unused-modules.ts`. */
const UNUSED = ["he", "html-to-text", "linkify-it", "tlds", "encoding-japanese"];

/** Packages that a function has no use for. One import too many would bring them in, and a cold start would pay for them. */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
  "process-mail": UNUSED,
  "record-bounce": ["mailparser", "libmime", "@aws-sdk/client-s3", "@aws-sdk/client-sns", "re2js", "yaml"],
  "record-complaint": ["mailparser", "libmime", "@aws-sdk/client-s3", "@aws-sdk/client-sns", "re2js", "yaml"],
  "screen-mail": ["mailparser", "@aws-sdk/client-sns", "@aws-sdk/client-dynamodb"],
};

/** Says what is in a bundle that must not be. */
export function checkContents(metafile: Metafile): string[] {
  return FUNCTIONS.flatMap((name) => checkModules(name, bundleOf(metafile, name).modules));
}

export function checkModules(name: string, modules: readonly Module[]): string[] {
  const wrong = [...unwanted(modules, WITHOUT[name] ?? []), ...foreignLocales(modules), ...twice(modules)];
  return wrong.map((words) => `${name}: ${words}`);
}

function unwanted(modules: readonly Module[], without: readonly string[]): string[] {
  const there = new Set(modules.map(({ path }) => packageFile(path)?.package));
  return without.filter((name) => there.has(name)).map((name) => `${name} is in the bundle`);
}

/** `import { z } from "zod"` keeps the sentences of forty languages; `import * as z` only English, which is zod's default. */
function foreignLocales(modules: readonly Module[]): string[] {
  const locales = modules.filter(({ path, bytes }) => /\/zod\/.*\/locales\/(?!(?:en|index)\.)/.test(path) && bytes > 0);
  return locales.length === 0 ? [] : [`${locales.length} languages of zod are in the bundle`];
}

/** Packages of which there are two copies, or whose files are there in two forms: one that is imported, and one that is required. */
function twice(modules: readonly Module[]): string[] {
  const roots = new Map<string, Set<string>>();
  const forms = new Map<string, Set<string>>();
  for (const { path, bytes } of modules) {
    const found = packageFile(path);
    if (found === undefined || bytes === 0) continue;
    gather(roots, found.package, found.root);
    gather(forms, `${found.root}/${formless(found.file)}`, path);
  }
  return [...roots, ...forms]
    .filter(([, places]) => places.size > 1)
    .map(([, places]) => `${[...places].sort().join(" and ")} are the same, and both in the bundle`);
}

/** A file's path without what tells an ES module from a CommonJS one. */
function formless(file: string): string {
  return file.replace(/(^|\/)(?:dist-)?(?:cjs|esm|es|mjs|commonjs|module)(?=\/)/g, "$1*").replace(/\.[cm]?js$/, "");
}

function gather(sets: Map<string, Set<string>>, key: string, value: string): void {
  sets.set(key, (sets.get(key) ?? new Set()).add(value));
}
