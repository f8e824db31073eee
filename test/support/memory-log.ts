import type { Log, LogFields } from "../../shared/ports.ts";

/** A log that keeps its lines until the test ends, of every level, as JSON has them: event and fields in one object. */
export function memoryLog(): Log & { readonly lines: readonly unknown[] } {
  const lines: unknown[] = [];
  const write = (event: string, fields?: LogFields): void => {
    lines.push(JSON.parse(JSON.stringify({ event, ...fields })));
  };
  return { info: write, warn: write, error: write, lines };
}
