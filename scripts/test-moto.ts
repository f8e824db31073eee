import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";

// Runs the contract suites against moto_server, where it is installed: starts one on a free port of 127.0.0.1, and ends it.

const START_LIMIT = 30_000;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const port = await freePort();
const moto = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
process.once("exit", () => moto.kill());
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

if (await isOnThePath(moto)) {
  const endpoint = `http://127.0.0.1:${port}`;
  await untilItAnswers(endpoint, moto);
  process.exitCode = await runTests(endpoint);
  await end(moto);
} else console.log("moto_server is not on the path: skipped");

async function isOnThePath(server: ChildProcess): Promise<boolean> {
  try {
    await once(server, "spawn");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

async function untilItAnswers(endpoint: string, server: ChildProcess): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT);
  while (server.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok) return;
    limit.throwIfAborted();
    await sleep(100);
  }
  throw new Error(`moto_server ended with status ${server.exitCode} before it answered`);
}

async function runTests(endpoint: string): Promise<number> {
  const vitest = ["node_modules/vitest/vitest.mjs", "run", "--config", "vitest.moto.config.ts"];
  const env = { ...process.env, MOTO_ENDPOINT: endpoint };
  const [status] = await once(spawn(process.execPath, vitest, { stdio: "inherit", env }), "exit");
  return typeof status === "number" ? status : 1;
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
