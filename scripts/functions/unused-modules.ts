import { sep } from "node:path";
import type { Plugin } from "esbuild";

/**
 * Modules that a library loads and, as we call it, never runs; by what imports them. Each is replaced by what throws when it is called.
 *
 * mailparser does MIME structure for us, with the options of `shared/message/parts/leaf-parser.ts`: it sees no header and no text, so it decodes
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

/** Leaves out what is never run: half of what a cold start would have to compile. */
export const leaveOutUnused: Plugin = {
  name: "leave out unused modules",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /.*/ }, ({ path, importer }) => {
      const [, by = ""] =
        importer
          .split(`node_modules${sep}`)
          .at(-1)
          ?.match(/^([^/\\]+)/) ?? [];
      const stand = importer.includes("node_modules") ? UNUSED[by]?.[path] : undefined;
      return stand === undefined ? undefined : { path: `${by}/${path}`, namespace: NAMESPACE, pluginData: stand };
    });
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path, pluginData }) => {
      const message = JSON.stringify(
        `${path} is not in this bundle, because nothing was to call it: see scripts/functions/unused-modules.ts`,
      );
      return { contents: `const unused = () => { throw new Error(${message}); };\n${pluginData}`, loader: "js" };
    });
  },
};
