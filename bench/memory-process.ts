import { createReadStream, readFileSync } from "node:fs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout } from "node:timers/promises";
import { simpleParser } from "mailparser";
import { benchMail } from "./mails/mails.ts";
import { evaluate, rulesWith } from "./use-case.ts";

// A process that reads one large mail and tells what it took: `memory-process.ts ENGINE FILE`. The engines do here what they do at their best: Mailroom
// reads a stream, simpleParser has the whole mail before it begins.

export interface MeasuredMemory {
  /** Bytes that the process had at most, above what it had before. */
  readonly peakOverIdle: number;
  /** Milliseconds in which nothing else could run. */
  readonly longestBlock: number;
}

const rules = rulesWith(1_000);

const ENGINES: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
  Mailroom: (file) => evaluate(createReadStream(file), rules),
  simpleParser: (file) => simpleParser(readFileSync(file)),
};

const [engine = "", file = ""] = process.argv.slice(2);
const read = ENGINES[engine];
if (read === undefined) throw new Error(`expected one of ${Object.keys(ENGINES).join(", ")}, got ${engine}`);
// Loaded and compiled code belongs to the idle process.
await evaluate(benchMail("attachment of 1 MB"), rules);
await simpleParser(benchMail("attachment of 1 MB"));
await setTimeout(100);
const idle = process.memoryUsage.rss();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
await setTimeout(20);
delay.reset();
await read(file);
await setTimeout(20);
delay.disable();
const peak = process.resourceUsage().maxRSS * 1024;
const measured: MeasuredMemory = { peakOverIdle: peak - idle, longestBlock: delay.max / 1e6 };
process.stdout.write(JSON.stringify(measured));
