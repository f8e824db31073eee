// Evaluates hostile mails one after another, in the process that it is forked in, and tells its parent of each: that it
// begins, and what came of it. Usage: run-hostile.ts SCALE FIRST, the number of the first mail to run.
import { Readable } from "node:stream";
import { GCProfiler } from "node:v8";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { recordFaults } from "../support/record-faults.ts";
import { type HostileMail, inChunks, KEYWORD } from "./hostile-mail.ts";
import { hostileMails } from "./hostile-mails.ts";
import type { Measured, Told } from "./measure-hostile.ts";
import { hostileRules, ruleFor } from "./rules.ts";

const rules = compileRules(readRules(hostileRules(), "hostile.yml"));
const [scale, first] = process.argv.slice(2).map(Number);

for (const [number, mail] of [...hostileMails(scale ?? 1).entries()].slice(first)) {
  tell({ began: number });
  tell({ measured: await measure(mail) });
}
process.disconnect?.();

async function measure(mail: HostileMail): Promise<Measured> {
  const sought = ruleFor(mail.found ?? KEYWORD);
  let bytes = 0;
  function* counted(): Generator<Buffer> {
    for (const chunk of inChunks(mail.pieces())) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const collections = new GCProfiler();
  collections.start();
  const start = process.cpuUsage();
  const evaluated = evaluateMail({ raw: Readable.from(counted()), storageKey: "hostile", trustHeaders: false }, rules);
  const came = await evaluated.then(
    ({ record }) => ({
      outcome: record.outcome,
      problems: record.problems.map(({ code }) => code),
      found: record.matches.some(({ rule }) => rule === sought),
      faults: [...recordFaults(record), ...(record.size === bytes || record.sha256 === "" ? [] : ["a wrong size"])],
    }),
    (error: unknown) => ({ outcome: "rejected", problems: [], found: false, faults: [String(error)] }),
  );
  const { user, system } = process.cpuUsage(start);
  const heaps = collections.stop().statistics.map(({ beforeGC }) => beforeGC.heapStatistics.usedHeapSize);
  const peakHeap = Math.max(process.memoryUsage().heapUsed, ...heaps);
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  return { name: mail.name, bytes, seconds: (user + system) / 1e6, peakHeap, peakMemory, ...came };
}

function tell(message: Told): void {
  process.send?.(message);
}
