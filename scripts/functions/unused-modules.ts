import type { Plugin } from "esbuild";
import { packageFile } from "./modules.ts";

/**
 * Modules that a library loads and, as we call it, never runs; by what imports them. Each is replaced by what throws when it is called.
 *
 * mailparser does MIME structure for us, with the options of `shared/message/parts/mail-splitter.ts`: it sees no header and no text, so it decodes
 * and links none. iconv-lite decodes what `shared/message/charset/decoders.ts` names.
 */
const UNUSED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  mailparser: {
    he: "exports.encode = unused;",
    "html-to-text": "exports.htmlToText = unused;",
    // mailparser sets it up as it is loaded.
    "linkify-it": `const links = { tlds: () => links, add: () => links, set: () => links, pretest: unused, match: unused };
      module.exports = () => links;`,
    tlds: "module.exports = [];",
  },
  libmime: {
    "./charset.js": `for (const name of ["decode", "encode", "convert", "normalizeCharset", "createDecodeStream"]) exports[name] = unused;`,
    "./mimetypes.js": `for (const name of ["list", "extensions"]) Object.defineProperty(exports, name, { enumerable: true, get: unused });`,
  },
  "iconv-lite": {
    "./tables/shiftjis.json": "unused();",
    "./tables/eucjp.json": "unused();",
    "./tables/cp936.json": "unused();",
    "./tables/gbk-added.json": "unused();",
    "./tables/gb18030-ranges.json": "unused();",
  },
};

const NAMESPACE = "unused";

/** Leaves out what is never run, and would have to be compiled at every cold start. */
export const leaveOutUnused: Plugin = {
  name: "leave out unused modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const by = packageFile(importer)?.package ?? "";
      const standIn = UNUSED[by]?.[path];
      return standIn === undefined
        ? undefined
        : { path: `${by}/${path}`, namespace: NAMESPACE, pluginData: `${throwing(`${by}/${path}`)}\n${standIn}` };
    });
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ pluginData }) => ({ contents: pluginData, loader: "js" }));
  },
};

function throwing(path: string): string {
  const message = `${path} is not in this bundle, because nothing was to call it: see scripts/functions/unused-modules.ts`;
  return `const unused = () => { throw new Error(${JSON.stringify(message)}); };`;
}
