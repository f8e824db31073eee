import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test, vi } from "vitest";
import { startPlace, told } from "./place.ts";

vi.setConfig({ testTimeout: 60_000 });

const MAILROOM = new URL("../../../cli/mailroom.ts", import.meta.url).pathname;
const MANY = 120;

async function placeWithMany() {
  const place = await startPlace();
  for (const number of Array.from({ length: MANY }).keys()) place.store(`m${number + 100}x`);
  const words = [MAILROOM, "replay", "--stage", "prod", "--apply", "--json"];
  const start = (...more: readonly string[]) =>
    spawn(process.execPath, [...words, ...more], { env: { ...process.env, ...place.env } });
  return { ...place, start };
}

test.each(["1", "2"])(
  "Ctrl-C with %s workers: what was sent is told, status 130; the next run sends the rest, and nothing twice",
  async (workers) => {
    const { start, replay, sent } = await placeWithMany();
    const child = start("--workers", workers);
    const stderr = text(child.stderr);
    const closed = once(child, "close");
    let stdout = "";
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (stdout === "") child.kill("SIGINT");
      stdout += chunk;
    });
    expect((await closed)[0]).toBe(130);
    expect(await stderr).toContain("Interrupted: the rest of the mails was not looked at.");
    const first = told({ stdout });
    expect(first.length).toBeLessThan(MANY);
    expect(sent()).toHaveLength(first.length);
    await replay("--apply");
    expect(new Set(sent()).size).toBe(MANY);
    expect(sent()).toHaveLength(MANY);
  },
);

test("whoever closes the pipe ends the run after the mails that are being acted on, which is told", async () => {
  const { start, sent, mailLog } = await placeWithMany();
  const child = start();
  const stderr = text(child.stderr);
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect((await once(child, "close"))[0]).toBe(0);
  expect(await stderr).toContain("mailroom: stopped, because nobody reads the output; the rest was not looked at");
  expect(sent().length).toBeLessThan(MANY);
  for await (const { key, lease } of mailLog.list()) expect([key, lease]).toEqual([key, null]);
});
