import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { CONTEXT, DATA_KEY, encryptedBody, encryptionMetadata } from "../support/encrypted-mails.ts";
import { startFakeKms } from "../support/fake-kms.ts";
import { startFakeS3 } from "../support/fake-s3.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { mail } from "./small-mail.ts";

const MAILROOM = new URL("../../cli/mailroom.ts", import.meta.url).pathname;

/** The real command, in a process of its own. */
function start(words: readonly string[], { cwd, env = {} }: { cwd?: string; env?: Record<string, string> } = {}) {
  return spawn(process.execPath, [MAILROOM, ...words], { cwd, env: { ...process.env, ...env } });
}

async function ended(child: ChildProcess): Promise<number | string | null> {
  const [status, signal] = (await once(child, "close")) as [number | null, string | null];
  return status ?? signal;
}

const MANY = 400;

/** Many times what a pipe holds, in one file. */
function manyMails(): string {
  const text = "all is well\r\n".repeat(200);
  return temporaryFolder({ "in.mbox": `From a Tue Nov 24 08:00:00 2026\n${mail("outage", text)}\n`.repeat(MANY) });
}

test("a first try: mails of a folder, rules.yml found where one stands, NDJSON on a clean standard output", async () => {
  const folder = temporaryFolder({
    "rules.yml": "rules:\n  - name: outage\n    when: { keywords: [outage] }\n",
    "mail/1.eml": mail("outage"),
    "mail/2.eml": mail("peace"),
  });
  const child = start(["replay", "mail", "./mail/1.eml", "--json", "--workers", "2"], { cwd: folder });
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  expect(status).toBe(0);
  const records = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { source: string; matches: unknown[] });
  expect(records.map(({ source, matches }) => [source, matches.length])).toEqual([
    ["mail/1.eml", 1],
    ["mail/2.eml", 0],
    ["./mail/1.eml", 1],
  ]);
  expect(stderr).toContain("3  mails read");
  expect(stderr).not.toContain("\u001b");
});

test("the mails under an S3 prefix, with the credentials of the environment", async () => {
  const s3 = await startFakeS3();
  onTestFinished(() => s3.close());
  s3.objects.set("inbound/raw/1", Buffer.from(mail("one")));
  s3.objects.set("inbound/raw/2", Buffer.from(mail("two")));
  s3.objects.set("inbound/other/3", Buffer.from(mail("three")));
  const env = {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  const child = start(["parse", "s3://inbound/raw/", "--json"], { env });
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining("2  mails read") });
  expect(
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toMatchObject([
    { source: "s3://inbound/raw/1", subject: "one" },
    { source: "s3://inbound/raw/2", subject: "two" },
  ]);
});

test("mails of a bucket that SES encrypted are decrypted; one that cannot be is named, and why", async () => {
  const [s3, kms] = await Promise.all([startFakeS3(), startFakeKms()]);
  onTestFinished(async () => {
    await Promise.all([s3.close(), kms.close()]);
  });
  const raw = Buffer.from(mail("outage"));
  for (const [key, context] of [
    ["inbound/1", CONTEXT],
    ["inbound/2", { ...CONTEXT, "aws:ses:message-id": "another" }],
  ] as const) {
    s3.objects.set(key, encryptedBody(raw));
    s3.metadata.set(key, encryptionMetadata(kms.wrap(DATA_KEY, context), raw.length));
  }
  const env = {
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    AWS_ENDPOINT_URL_KMS: kms.endpoint,
    AWS_REGION: "eu-west-1",
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
  };
  const child = start(["parse", "s3://inbound/", "--json"], { env });
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ source: "s3://inbound/1", subject: "outage", size: raw.length });
  expect(stderr).toContain("s3://inbound/2");
  expect(stderr).toContain("cannot be decrypted");
});

test("whoever closes the pipe ends the run quietly", async () => {
  const child = start(["parse", manyMails(), "--json"]);
  const stderr = text(child.stderr);
  await once(child.stdout, "data");
  child.stdout.destroy();
  expect([await ended(child), await stderr]).toEqual([0, ""]);
});

test("a reader that is slow gets every record", async () => {
  const child = start(["parse", manyMails(), "--json", "--workers", "2"]);
  child.stderr.resume();
  const closed = ended(child);
  let lines = 0;
  for await (const chunk of child.stdout) {
    lines += String(chunk).split("\n").length - 1;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([await closed, lines]).toEqual([0, MANY]);
});

describe("Ctrl-C", () => {
  test.each(["1", "2"])("with %s workers: whole records, a summary that says so, status 130", async (workers) => {
    const child = start(["parse", manyMails(), "--json", "--workers", workers]);
    const stderr = text(child.stderr);
    const closed = ended(child);
    const chunks: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
      if (chunks.length === 0) child.kill("SIGINT");
      chunks.push(chunk);
    });
    expect(await closed).toBe(130);
    const lines = chunks.join("").trimEnd().split("\n");
    expect(lines.length).toBeLessThan(MANY);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ subject: "outage" });
    expect(await stderr).toContain("Interrupted: the rest of the mails was not read.");
    expect(await stderr).toContain(`${lines.length}  mails read`);
  });
});

test("never twice: three runs over the same mails at once, on one state file, publish each alert once", async () => {
  const mails = Array.from(
    { length: 60 },
    (_, place) => `From a Tue Nov 24 08:00:00 2026\n${mail(`outage ${place}`)}\n`,
  );
  const folder = temporaryFolder({
    "rules.yml": "rules:\n  - name: outage\n    when: { keywords: [outage] }\n",
    "in.mbox": mails.join(""),
  });
  const runs = [1, 2, 3].map(async () => {
    const child = start(["replay", "in.mbox", "--json", "--apply", "--state", "state/state.db"], { cwd: folder });
    const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), ended(child)]);
    const records = stdout.split("\n").filter((line) => line !== "");
    return { status, told: records.map((line) => JSON.parse(line).outcome as string), stderr };
  });
  const ends = await Promise.all(runs);
  expect(ends.map(({ status, told }) => [status, told.length])).toEqual([1, 2, 3].map(() => [0, 60]));
  expect(ends.flatMap(({ told }) => told).filter((outcome) => outcome === "processed")).toHaveLength(60);
  expect(ends.flatMap(({ stderr }) => stderr.split("\n")).filter((line) => line.includes("to topic"))).toHaveLength(60);
});
