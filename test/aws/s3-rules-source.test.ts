import { describe, expect, onTestFinished, test } from "vitest";
import { s3RulesSource } from "../../shared/aws/s3-rules-source.ts";
import { MAX_RULES_FILE_LENGTH } from "../../shared/rules/limits.ts";
import { collect } from "../support/collect.ts";
import { eTagOf, type FakeS3, startFakeS3 } from "../support/fake-s3.ts";

const OBJECT = "acme-config/rules.yml";
const RULES = Buffer.from("rules: [] # 障害");

async function fakeS3(): Promise<FakeS3> {
  const s3 = await startFakeS3();
  onTestFinished(s3.close);
  return s3;
}

describe("rules in a configuration bucket", () => {
  test("are read with their ETag, and unchanged as long as they have it", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, RULES);
    const source = s3RulesSource("acme-config", { client: s3.client() });
    const eTag = eTagOf(RULES);
    expect(await source.read()).toEqual({ kind: "read", text: "rules: [] # 障害", eTag });
    expect(await source.read(eTag)).toEqual({ kind: "unchanged" });
    s3.objects.set(OBJECT, Buffer.from("rules: []"));
    expect(await source.read(eTag)).toEqual({
      kind: "read",
      text: "rules: []",
      eTag: eTagOf(Buffer.from("rules: []")),
    });
  });

  test("are missing, not an error, where the role may list the bucket (SES fact 6.5)", async () => {
    const s3 = await fakeS3();
    const source = s3RulesSource("acme-config", { client: s3.client() });
    expect(await source.read()).toEqual({ kind: "missing" });
    expect(await source.read('"x"')).toEqual({ kind: "missing" });
  });

  test.each(["AccessDenied", "KMS.DisabledException", "SlowDown"] as const)(
    "%s passes through as the SDK gives it",
    async (answer) => {
      const s3 = await fakeS3();
      s3.objects.set(OBJECT, RULES);
      s3.fail({ operation: "GetObject", answer });
      const source = s3RulesSource("acme-config", { client: s3.client({ maxAttempts: 1 }) });
      await expect(source.read()).rejects.toMatchObject({ name: answer });
    },
  );

  test("a file that nobody can have meant is not read to its end", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, Buffer.alloc(40 * 1024 * 1024, "#"));
    const reading = await s3RulesSource("acme-config", { client: s3.client(), timeoutMs: 60_000 }).read();
    const length = reading.kind === "read" ? reading.text.length : 0;
    expect(length).toBeGreaterThan(MAX_RULES_FILE_LENGTH);
    expect(length).toBeLessThan(16 * 1024 * 1024);
  });

  test("trap 1.8, a connection that is cut midway is an error, not a shorter file", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, RULES);
    s3.fail({ operation: "GetObject", answer: "cut" });
    await expect(s3RulesSource("acme-config", { client: s3.client() }).read()).rejects.toThrow();
  });

  test("SES waits: a reading that stalls midway is given up", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, RULES);
    s3.fail({ operation: "GetObject", answer: "stall" });
    const source = s3RulesSource("acme-config", { client: s3.client(), timeoutMs: 100 });
    await expect(source.read()).rejects.toMatchObject({ name: expect.stringMatching(/AbortError|TimeoutError/) });
  });

  test("earlier versions come newest first, without the current one and those of longer names, and no more than five", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, RULES);
    for (const id of ["v7", "v6", "v5", "v4", "v3", "v2", "v1"])
      s3.versions.push({ name: OBJECT, id, content: Buffer.from(`# ${id}`) });
    s3.versions.splice(2, 0, { name: OBJECT, id: "gone", isDeleteMarker: true });
    s3.versions.push({ name: `${OBJECT}.bak`, id: "b1", content: RULES });
    const versions = await collect(s3RulesSource("acme-config", { client: s3.client() }).earlier());
    expect(versions).toEqual(["v7", "v6", "v5", "v4", "v3"].map((id) => ({ id, text: `# ${id}` })));
  });

  test("a bucket without versions has no earlier ones", async () => {
    const s3 = await fakeS3();
    s3.objects.set(OBJECT, RULES);
    expect(await collect(s3RulesSource("acme-config", { client: s3.client() }).earlier())).toEqual([]);
  });

  test.each(["ListObjectVersions", "GetObject"] as const)(
    "SES waits: earlier versions are given up when %s is never answered",
    async (operation) => {
      const s3 = await fakeS3();
      s3.versions.push({ name: OBJECT, id: "v1", content: RULES });
      s3.fail({ operation, answer: "silence" });
      const source = s3RulesSource("acme-config", { client: s3.client(), timeoutMs: 100 });
      await expect(collect(source.earlier())).rejects.toMatchObject({
        name: expect.stringMatching(/AbortError|TimeoutError/),
      });
    },
  );

  test("SES waits: a service that never answers is given up", async () => {
    const s3 = await fakeS3();
    s3.fail({ operation: "GetObject", answer: "silence" });
    const source = s3RulesSource("acme-config", { client: s3.client(), timeoutMs: 100 });
    await expect(source.read()).rejects.toMatchObject({ name: expect.stringMatching(/AbortError|TimeoutError/) });
  });
});
