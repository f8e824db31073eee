import type { Log } from "../shared/ports.ts";

/** On a laptop the output says all that a log would: each report with what it does and why. */
export const SILENT_LOG: Log = { info() {}, warn() {}, error() {} };
