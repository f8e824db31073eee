import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const START_LIMIT = 30_000;

/** A server program that is run on a free port of 127.0.0.1. */
export interface ServerProgram {
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  /** A path that answers as soon as it is up. */
  readonly ready: string;
}

/**
 * Runs a server as long as `use` takes, and ends it.
 *
 * @returns what `use` gives; `undefined` when the command is not on the path
 * @throws when it ends before it answers, or does not answer within 30 s
 */
export async function withServer<Result>(
  { command, args, ready }: ServerProgram,
  use: (endpoint: string) => Promise<Result>,
): Promise<Result | undefined> {
  const port = await freePort();
  const server = spawn(command, args(port), { stdio: "ignore" });
  process.once("exit", () => server.kill());
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  if (!(await isOnThePath(server))) return undefined;
  const endpoint = `http://127.0.0.1:${port}`;
  try {
    await untilItAnswers(`${endpoint}${ready}`, command, server);
    return await use(endpoint);
  } finally {
    await end(server);
  }
}

async function isOnThePath(server: ChildProcess): Promise<boolean> {
  try {
    await once(server, "spawn");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

async function untilItAnswers(url: string, command: string, server: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT);
  while (server.exitCode === null) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    limit.throwIfAborted();
    await sleep(100);
  }
  throw new Error(`${command} ended with status ${server.exitCode} before it answered`);
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill();
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("expected an address with a port");
  return address.port;
}
