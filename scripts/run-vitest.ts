import { spawn } from "node:child_process";
import { once } from "node:events";

/**
 * Runs the tests of a configuration, whose output goes to this terminal.
 *
 * @returns the exit status
 */
export async function runVitest(config: string, env: Readonly<Record<string, string>>): Promise<number> {
  const args = ["node_modules/vitest/vitest.mjs", "run", "--config", config];
  const child = spawn(process.execPath, args, { stdio: "inherit", env: { ...process.env, ...env } });
  const [status] = await once(child, "exit");
  return typeof status === "number" ? status : 1;
}
