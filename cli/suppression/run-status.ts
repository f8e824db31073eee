import type { Console } from "../output/console.ts";
import { count } from "../output/count.ts";

/** How often the line changes, in milliseconds. */
const INTERVAL = 100;

/** Shows on a terminal how far a long run is, and nothing elsewhere. Called as often as one likes. */
export function createRunStatus(
  console: Console,
  what: string,
  now: () => number = () => performance.now(),
): (done: number) => void {
  const columns = console.statusColumns;
  if (columns === undefined) return () => {};
  const started = now();
  let shown = started;
  return (done) => {
    const time = now();
    if (time - shown < INTERVAL) return;
    shown = time;
    const perSecond = Math.round((done * 1000) / (time - started));
    console.status(`${count(done)} ${what}  ${count(perSecond)} ${what}/s`.slice(0, columns - 1));
  };
}
