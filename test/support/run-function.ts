// Runs one of functions/ as Lambda does: loads it once, in the environment that the process was given, then hands it
// events one after another. Usage: run-function.ts FILE, with a JSON array of events on standard input.
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";
import type { Outcome, Report } from "./lambda-process.ts";

const events: unknown[] = JSON.parse(await text(process.stdin));
const { handler } = await import(pathToFileURL(process.argv[2] ?? "").href);

const outcomes: Outcome[] = [];
for (const [place, event] of events.entries()) {
  const context = { awsRequestId: `request-${place}`, getRemainingTimeInMillis: () => 30_000 };
  try {
    outcomes.push({ answer: (await handler(event, context)) ?? null });
  } catch (error) {
    const { name, message, stack = "" } = error as Error;
    // As Lambda's runtime logs it: everything that can be enumerated, and the stack.
    outcomes.push({ error: { name, message, logged: JSON.stringify({ ...(error as Error), name, message, stack }) } });
  }
}
process.send?.({ outcomes, peakMemory: process.resourceUsage().maxRSS * 1024 } satisfies Report);
process.disconnect?.();
