import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Outcome } from "./run-mailroom.ts";

const MAILROOM = new URL("../../cli/mailroom.ts", import.meta.url).pathname;
const AWS = { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

/**
 * The real command with the real SDK, in a process of its own; `AWS_ENDPOINT_URL_SERVICE` leads it to a fake.
 *
 * @param folder that it is started in; that of the tests unless told
 */
export async function mailroomProcess(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<Outcome> {
  const child = spawn(process.execPath, [MAILROOM, ...words], { cwd: folder, env: { ...process.env, ...AWS, ...env } });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { status: Number(status), stdout, stderr };
}
