import { createHash } from "node:crypto";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Benchmark } from "./benchmark.ts";
import { interleaved } from "./interleaved.ts";
import { benchMail } from "./mails/mails.ts";
import { createRandom } from "./mails/random.ts";
import { english } from "./mails/words.ts";
import { evaluate, rulesWith } from "./use-case.ts";

const MEGABYTE = 1024 * 1024;
const SIZE = 16 * MEGABYTE;

/** What the machine can do at best with so many bytes, and how far from that Mailroom is. */
export const machine: Benchmark = {
  name: "machine",
  async run({ rounds, progress }) {
    progress("machine: its limits");
    const folder = mkdtempSync(join(tmpdir(), "mailroom-bench-"));
    try {
      const work = workOn(folder);
      const cpu = await interleaved(
        Object.entries(work).map(([name, { run }]) => ({ name, run })),
        Math.min(rounds, 5),
      );
      const rows = Object.entries(work).map(([name, { bytes }]) => {
        const milliseconds = cpu.get(name) ?? Number.NaN;
        return [name, bytes / MEGABYTE / (milliseconds / 1000)];
      });
      return {
        ratios: [],
        tables: [{ title: "The machine, and how far from it a mail is", heads: ["work", "MB/s"], rows }],
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function workOn(folder: string): Readonly<Record<string, { readonly bytes: number; readonly run: () => unknown }>> {
  const prose = english(1_000_000, createRandom(1)).repeat(16).slice(0, SIZE);
  const bytes = Buffer.from(prose);
  const encoded = bytes.toString("base64");
  const copy = Buffer.alloc(bytes.length);
  const file = join(folder, "bytes");
  writeFileSync(file, bytes);
  const rules = rulesWith(1_000);
  const mails = {
    "a mail with an attachment": benchMail("attachment of 40 MB"),
    "a mail that is a text": Buffer.from(`Subject: a\r\n\r\n${prose.slice(0, 4 * MEGABYTE)}`),
    "a mail that is a newsletter": benchMail("html newsletter 150 KB"),
  };
  return {
    copy: { bytes: SIZE, run: () => bytes.copy(copy) },
    "search for a byte that is not there": { bytes: SIZE, run: () => bytes.indexOf(0) },
    "read a cached file": { bytes: SIZE, run: () => readInto(file, copy) },
    "SHA-256": { bytes: SIZE, run: () => createHash("sha256").update(bytes).digest() },
    "decode UTF-8": { bytes: SIZE, run: () => bytes.toString("utf8").charCodeAt(SIZE - 1) },
    "decode base64": { bytes: encoded.length, run: () => Buffer.from(encoded, "base64") },
    "look at each character": { bytes: SIZE, run: () => sumOf(prose) },
    ...Object.fromEntries(
      Object.entries(mails).map(([name, raw]) => [name, { bytes: raw.length, run: () => evaluate(raw, rules) }]),
    ),
  };
}

function readInto(path: string, buffer: Buffer): number {
  const file = openSync(path, "r");
  try {
    return readSync(file, buffer);
  } finally {
    closeSync(file);
  }
}

function sumOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
  return sum;
}
