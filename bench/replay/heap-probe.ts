import { writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { isMainThread } from "node:worker_threads";

// Loaded into a process before its program, it measures it from within, and leaves the figures when it ends. Workers load it too, and are not
// measured by themselves: CPU time and memory of the process hold theirs.

/** What a process took, in milliseconds and bytes. */
export interface Probed {
  readonly wall: number;
  readonly cpu: number;
  readonly peakMemory: number;
  /** The most that its main thread held at one time, garbage left out. 0 when that was not asked for. */
  readonly peakLiveHeap: number;
}

/** Milliseconds from one look to the next: a full collection takes some 10. */
const INTERVAL = 200;

const { MAILROOM_PROBE: file, MAILROOM_PROBE_HEAP: wantsHeap } = process.env;
if (isMainThread && file !== undefined) probe(file, wantsHeap === "1");

function probe(file: string, wantsHeap: boolean): void {
  let peakLiveHeap = 0;
  if (wantsHeap) {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    setInterval(() => {
      collectGarbage();
      peakLiveHeap = Math.max(peakLiveHeap, process.memoryUsage().heapUsed);
    }, INTERVAL).unref();
  }
  process.on("exit", () => {
    const { user, system } = process.cpuUsage();
    const probed: Probed = {
      wall: performance.now(),
      cpu: (user + system) / 1000,
      peakMemory: process.resourceUsage().maxRSS * 1024,
      peakLiveHeap,
    };
    writeFileSync(file, JSON.stringify(probed));
  });
}
