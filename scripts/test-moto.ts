import { fileURLToPath } from "node:url";
import { withServer } from "./local-server.ts";
import { runVitest } from "./run-vitest.ts";

// Runs the contract suites against moto_server, where it is installed: starts one on a free port of 127.0.0.1, and ends it.

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const moto = {
  command: "moto_server",
  args: (port: number) => ["-H", "127.0.0.1", "-p", String(port)],
  ready: "/moto-api/",
};
const status = await withServer(moto, (endpoint) => runVitest("vitest.moto.config.ts", { MOTO_ENDPOINT: endpoint }));
if (status === undefined) console.log("moto_server is not on the path: skipped");
else process.exitCode = status;
