import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { s3MailStore } from "../../shared/aws/s3-mail-store.ts";
import { MailAccessDeniedError, MailNotFoundError } from "../../shared/errors.ts";
import { listedKeys, mailStoreContract } from "../contracts/mail-store.ts";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";

mailStoreContract("S3 over its wire format", async () => {
  const s3 = await startFakeS3();
  return { store: s3MailStore(s3.client(), "mails", { retry: { waits: [], sleep: async () => {} } }), close: s3.close };
});

async function fakeS3(): Promise<FakeS3> {
  const s3 = await startFakeS3();
  onTestFinished(s3.close);
  return s3;
}

/** A store that notes its waits instead of waiting; `onSleep` runs in each. */
function storeThatNotes(s3: FakeS3, onSleep: (count: number) => void = () => {}) {
  const slept: number[] = [];
  const sleep = async (milliseconds: number) => {
    slept.push(milliseconds);
    onSleep(slept.length);
  };
  return { slept, store: s3MailStore(s3.client(), "mails", { retry: { waits: [100, 300, 900], sleep } }) };
}

test("a mail that appears after the event is waited for, with growing waits", async () => {
  const s3 = await fakeS3();
  const { store, slept } = storeThatNotes(
    s3,
    (count) => count === 2 && s3.objects.set("mails/m1", Buffer.from("late")),
  );
  expect(String(await buffer((await store.open("m1")).body))).toBe("late");
  expect(slept).toEqual([100, 300]);
});

test("a mail that never appears is not found after the last wait, with S3's answer as the cause", async () => {
  const s3 = await fakeS3();
  const { store, slept } = storeThatNotes(s3);
  const error: unknown = await store.open("m1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailNotFoundError);
  expect(error).toMatchObject({ cause: { name: "NoSuchKey" } });
  expect(slept).toEqual([100, 300, 900]);
  expect(s3.requests).toEqual(Array.from({ length: 4 }, () => "GetObject mails/m1"));
});

test("a 403 may be a mail that is not there yet, where the role cannot list the bucket: it is waited for too", async () => {
  const s3 = await fakeS3();
  s3.objects.set("mails/m1", Buffer.from("late"));
  const { store, slept } = storeThatNotes(s3);
  s3.fail({ operation: "GetObject", answer: "AccessDenied" });
  expect(String(await buffer((await store.open("m1")).body))).toBe("late");
  expect(slept).toEqual([100]);
});

test("a mail that stays denied is told as denied, with both possible causes in words", async () => {
  const s3 = await fakeS3();
  const { store, slept } = storeThatNotes(s3);
  s3.fail({ operation: "GetObject", answer: "AccessDenied", times: Number.POSITIVE_INFINITY });
  const error: unknown = await store.open("m1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailAccessDeniedError);
  expect(String(error)).toMatch(/s3:GetObject.*s3:ListBucket/);
  expect(slept).toEqual([100, 300, 900]);
});

test("another 403 is no matter of this mail: it passes through as the SDK gives it", async () => {
  const s3 = await fakeS3();
  const { store } = storeThatNotes(s3);
  s3.fail({ operation: "GetObject", answer: "InvalidAccessKeyId" });
  await expect(store.open("m1")).rejects.toMatchObject({ name: "InvalidAccessKeyId" });
});

test.each(["KMS.DisabledException", "KMS.KMSInvalidStateException", "KMS.NotFoundException"] as const)(
  "%s is about this mail: it is told as denied at once, and what to do with the key of the bucket",
  async (answer) => {
    const s3 = await fakeS3();
    const { store, slept } = storeThatNotes(s3);
    s3.fail({ operation: "GetObject", answer });
    const error: unknown = await store.open("m1").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailAccessDeniedError);
    expect(error).toMatchObject({
      cause: { name: answer },
      why: expect.stringMatching(/KMS key.*enabled.*kms:Decrypt/),
    });
    expect(slept).toEqual([]);
  },
);

test("an archived mail is told as denied at once, and that it has to be restored", async () => {
  const s3 = await fakeS3();
  const { store, slept } = storeThatNotes(s3);
  s3.fail({ operation: "GetObject", answer: "InvalidObjectState" });
  const error: unknown = await store.open("m1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailAccessDeniedError);
  expect(error).toMatchObject({
    cause: { name: "InvalidObjectState" },
    why: expect.stringMatching(/archived.*restore/),
  });
  expect(slept).toEqual([]);
});

test.each(["KMS.ThrottlingException", "KMS.KMSInternalException"] as const)(
  "%s says nothing of this mail: it passes through as the SDK gives it",
  async (answer) => {
    const s3 = await fakeS3();
    const store = s3MailStore(s3.client({ maxAttempts: 1 }), "mails");
    s3.fail({ operation: "GetObject", answer });
    await expect(store.open("m1")).rejects.toMatchObject({ name: answer });
  },
);

test.each(["SlowDown", "InternalError"] as const)("%s once is retried by the SDK", async (answer) => {
  const s3 = await fakeS3();
  s3.objects.set("mails/m1", Buffer.from("there"));
  const { store, slept } = storeThatNotes(s3);
  s3.fail({ operation: "GetObject", answer });
  expect(String(await buffer((await store.open("m1")).body))).toBe("there");
  expect(slept).toEqual([]);
});

test("SlowDown for ever passes through as the SDK gives it", async () => {
  const s3 = await fakeS3();
  const store = s3MailStore(s3.client({ maxAttempts: 1 }), "mails");
  s3.fail({ operation: "GetObject", answer: "SlowDown", times: Number.POSITIVE_INFINITY });
  await expect(store.open("m1")).rejects.toMatchObject({ name: "SlowDown" });
});

test.each(["cut", "cutWithoutChecksum"] as const)(
  "trap 1.8, a connection that is cut midway (%s) is an error on the stream, not a short mail",
  async (answer) => {
    const s3 = await fakeS3();
    s3.objects.set("mails/m1", randomBytes(1 << 18));
    s3.fail({ operation: "GetObject", answer });
    const { body, size } = await storeThatNotes(s3).store.open("m1");
    expect(size).toBe(1 << 18);
    await expect(buffer(body)).rejects.toThrow();
  },
);

test("trap 1.6, bytes that are no UTF-8 arrive as a stream of those bytes", async () => {
  const s3 = await fakeS3();
  const raw = Buffer.from("8140fffec328", "hex");
  s3.objects.set("mails/m1", raw);
  const { body } = await storeThatNotes(s3).store.open("m1");
  expect(body).toBeInstanceOf(Readable);
  expect((await buffer(body)).toString("hex")).toBe("8140fffec328");
});

test("a listing is followed over all its pages", async () => {
  const s3 = await fakeS3();
  s3.pageSize = 3;
  for (let i = 0; i < 10; i++) s3.objects.set(`mails/raw/m${i}`, Buffer.from("x"));
  s3.objects.set("other/raw/m1", Buffer.from("x"));
  const { store } = storeThatNotes(s3);
  expect(await listedKeys(store, "raw/")).toEqual(Array.from({ length: 10 }, (_, i) => `raw/m${i}`));
  expect(s3.requests).toHaveLength(4);
});

test("a listing that is left early asks for no further page", async () => {
  const s3 = await fakeS3();
  s3.pageSize = 1;
  for (const key of ["mails/a", "mails/b"]) s3.objects.set(key, Buffer.from("x"));
  for await (const key of storeThatNotes(s3).store.list("")) {
    expect(key).toBe("a");
    break;
  }
  expect(s3.requests).toHaveLength(1);
});

test("a conflict with another writing passes by itself: put tries again", async () => {
  const s3 = await fakeS3();
  const { store, slept } = storeThatNotes(s3);
  s3.fail({ operation: "PutObject", answer: "ConditionalRequestConflict", times: 2 });
  await store.put("m1", Buffer.from("x"));
  expect([slept, String(s3.objects.get("mails/m1"))]).toEqual([[100, 300], "x"]);
});

test("a conflict that stays passes through as the SDK gives it", async () => {
  const s3 = await fakeS3();
  s3.fail({ operation: "PutObject", answer: "ConditionalRequestConflict", times: Number.POSITIVE_INFINITY });
  const putting = storeThatNotes(s3).store.put("m1", Buffer.from("x"));
  await expect(putting).rejects.toMatchObject({ name: "ConditionalRequestConflict" });
});

test.each([1, 2, 1000])(
  "in a bucket with versions all of them go, with the marks, and only of this key (pages of %d)",
  async (pageSize) => {
    const s3 = await fakeS3();
    s3.pageSize = pageSize;
    for (const key of ["m1", "m1.a", "m10", "m0"]) s3.objects.set(`mails/${key}`, Buffer.from(key));
    s3.versions.push(
      { name: "mails/m1", id: "v1" },
      { name: "mails/m1", id: "v2", isDeleteMarker: true },
      { name: "mails/m1", id: "v3" },
      { name: "mails/m10", id: "v4" },
      { name: "other/m1", id: "v5" },
    );
    await s3MailStore(s3.client(), "mails").remove("m1");
    expect([...s3.objects.keys()]).toEqual(["mails/m1.a", "mails/m10", "mails/m0"]);
    expect(s3.versions.map(({ id }) => id)).toEqual(["v4", "v5"]);
  },
);

test("a removal that is denied is an error", async () => {
  const s3 = await fakeS3();
  s3.objects.set("mails/m1", Buffer.from("x"));
  s3.fail({ operation: "DeleteObject", answer: "AccessDenied" });
  await expect(s3MailStore(s3.client(), "mails").remove("m1")).rejects.toMatchObject({ name: "AccessDenied" });
});

test("the fake takes streamed uploads (aws-chunked with a trailing checksum) as the bytes they carry", async () => {
  const s3 = await fakeS3();
  const raw = randomBytes(200_000);
  const Body = Readable.from([raw.subarray(0, 70_000), raw.subarray(70_000)], { objectMode: false });
  await s3.client().send(new PutObjectCommand({ Bucket: "mails", Key: "m1", Body, ContentLength: raw.length }));
  expect(s3.objects.get("mails/m1")?.equals(raw)).toBe(true);
});
