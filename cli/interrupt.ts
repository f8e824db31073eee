import { EXIT } from "./exit-status.ts";

/** What an interrupt needs of `process`. */
export interface SignalSource {
  on(signal: "SIGINT", listener: () => void): unknown;
  off(signal: "SIGINT", listener: () => void): unknown;
  exit(status: number): unknown;
}

/**
 * Listens for Ctrl-C until it is closed. The first asks for an orderly end: the signal is aborted and `announce` called.
 * The second ends the process at once.
 */
export function listenForInterrupt(
  source: SignalSource,
  announce: () => void,
): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  const listener = () => {
    if (controller.signal.aborted) source.exit(EXIT.interrupted);
    controller.abort();
    announce();
  };
  source.on("SIGINT", listener);
  return { signal: controller.signal, close: () => source.off("SIGINT", listener) };
}
