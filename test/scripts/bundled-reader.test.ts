import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { BUNDLING } from "../../scripts/functions/bundle.ts";
import { inTemporaryFolder } from "../../scripts/functions/in-temporary-folder.ts";
import * as decoders from "../../shared/message/charset/decoders.ts";
import { encodingOf } from "../../shared/message/charset/labels.ts";
import { DOS_AND_MAC_PAGES } from "../../shared/message/charset/pages.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";
import { mutatedMail } from "../fuzz/mail-mutations.ts";
import { CHARSETS } from "../fuzz/mail-words.ts";
import { SEED_MAILS } from "../fuzz/seed-mails.ts";

// The bundles are without what mailparser, libmime and iconv-lite bring along and never run (scripts/functions/unused-modules.ts).

const source = { parseMessage, ...decoders };
const ENTRY = `export { parseMessage } from "./shared/message/parse-message.ts";
  export * from "./shared/message/charset/decoders.ts";`;

describe("the reader in a bundle", () => {
  let bundled: typeof source;
  beforeAll(async () => {
    bundled = await inTemporaryFolder(async (folder) => {
      const outfile = join(folder, "reader.cjs");
      const { outExtension: _, ...bundling } = BUNDLING;
      const stdin = { contents: ENTRY, resolveDir: bundling.absWorkingDir, loader: "ts" as const };
      await build({ ...bundling, stdin, outfile });
      return createRequire(import.meta.url)(outfile);
    });
  });

  test("reads stored mails as the code that it was made of", async () => {
    for (const mail of SEED_MAILS) await expectSame(mail);
  });

  test("reads changed mails so, too", async () => {
    await fc.assert(fc.asyncProperty(mutatedMail, expectSame), { numRuns: 500 });
  });

  test("decodes every encoding so, too", () => {
    const bytes = Uint8Array.from({ length: 2048 }, (_, at) => (at * 167) % 256);
    const named = [...CHARSETS, ...Object.keys(DOS_AND_MAC_PAGES)].flatMap((label) => encodingOf(label) ?? []);
    for (const encoding of new Set(named)) {
      expect(bundled.leniently(bytes, encoding), encoding).toBe(source.leniently(bytes, encoding));
    }
  });

  async function expectSame(mail: string): Promise<void> {
    const raw = Buffer.from(mail, "latin1");
    expect(await bundled.parseMessage(raw)).toEqual(await source.parseMessage(raw));
  }
});
