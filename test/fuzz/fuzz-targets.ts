import { eventTarget } from "./event-target.ts";
import { rulesFileTarget, suppressionFileTarget } from "./file-targets.ts";
import type { FuzzTarget } from "./fuzz-target.ts";
import { mailTarget } from "./mail-target.ts";

/** All that is fuzzed. What an input is, only its target knows. */
export function fuzzTargets(): readonly FuzzTarget<unknown>[] {
  return [mailTarget(), eventTarget(), rulesFileTarget(), suppressionFileTarget()] as readonly FuzzTarget<unknown>[];
}
