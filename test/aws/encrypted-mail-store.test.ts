import { randomBytes } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { kmsDataKeys } from "../../shared/aws/kms-data-keys.ts";
import { s3MailStore } from "../../shared/aws/s3-mail-store.ts";
import { MailEncryptedError, MailUndecryptableError } from "../../shared/errors.ts";
import { MAX_MAIL_BYTES } from "../../shared/message/limits.ts";
import { parseHeader, parseMessage } from "../../shared/message/parse-message.ts";
import type { MailStore } from "../../shared/ports.ts";
import { CONTEXT, DATA_KEY, encryptedBody, encryptionMetadata } from "../support/encrypted-mails.ts";
import { startFakeKms } from "../support/fake-kms.ts";
import { type FakeS3, startFakeS3 } from "../support/fake-s3.ts";

const MAIL = Buffer.from("From: ana@client.example\r\nSubject: PO 4711\r\n\r\nPlease ship.\r\n");

/** A bucket with an encrypted mail, raw/1, and a plain one, raw/2. */
async function bucketWithAnEncryptedMail(mail: Uint8Array = MAIL) {
  const [s3, kms] = await Promise.all([startFakeS3(), startFakeKms()]);
  onTestFinished(async () => {
    await Promise.all([s3.close(), kms.close()]);
  });
  s3.objects.set("mails/raw/1", encryptedBody(mail));
  s3.metadata.set("mails/raw/1", encryptionMetadata(kms.wrap(DATA_KEY, CONTEXT), mail.length));
  s3.objects.set("mails/raw/2", MAIL);
  const keys = kmsDataKeys(kms.client({ maxAttempts: 2 }));
  return { s3, kms, store: s3MailStore(s3.client(), "mails", { keys }), without: s3MailStore(s3.client(), "mails") };
}

async function readAll(store: MailStore, key: string): Promise<Buffer> {
  return buffer((await store.open(key)).body);
}

test.each([
  ["a small one", MAIL],
  ["of no bytes", Buffer.alloc(0)],
  ["of 3 MB", randomBytes(3 << 20)],
])("a mail that SES encrypted is read as it was sent: %s", async (_, mail) => {
  const { store } = await bucketWithAnEncryptedMail(mail);
  const { size, body } = await store.open("raw/1");
  expect(size).toBe(mail.length);
  expect((await buffer(body)).equals(mail)).toBe(true);
});

test("where its length is not stated, it is the object's without the tag", async () => {
  const { s3, store } = await bucketWithAnEncryptedMail();
  const { "x-amz-unencrypted-content-length": _, ...metadata } = s3.metadata.get("mails/raw/1") ?? {};
  s3.metadata.set("mails/raw/1", metadata);
  expect(await store.open("raw/1")).toMatchObject({ key: "raw/1", size: MAIL.length });
});

test("a plain mail beside it asks KMS nothing", async () => {
  const { kms, store } = await bucketWithAnEncryptedMail();
  expect((await readAll(store, "raw/2")).equals(MAIL)).toBe(true);
  expect(kms.requests).toEqual([]);
});

test("without a key service an encrypted mail is told as encrypted, and what to do; it is never read as a mail", async () => {
  const { without } = await bucketWithAnEncryptedMail();
  const error: unknown = await without.open("raw/1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailEncryptedError);
  expect(error).toMatchObject({ code: "MAIL_ENCRYPTED", key: "raw/1", message: expect.stringMatching("kms:Decrypt") });
});

test.each(["AccessDeniedException", "DisabledException"] as const)(
  "a key that may not be used (%s) is told as encrypted, with KMS's answer as the cause",
  async (answer) => {
    const { kms, store } = await bucketWithAnEncryptedMail();
    kms.fail({ answer });
    const error: unknown = await store.open("raw/1").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailEncryptedError);
    expect(error).toMatchObject({ cause: { name: answer } });
  },
);

test("another context than the key was wrapped with is refused by KMS: the mail cannot be decrypted", async () => {
  const { s3, store } = await bucketWithAnEncryptedMail();
  const context = JSON.stringify({ ...CONTEXT, "aws:ses:message-id": "another" });
  s3.metadata.set("mails/raw/1", { ...s3.metadata.get("mails/raw/1"), "x-amz-matdesc": context });
  const error: unknown = await store.open("raw/1").catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MailUndecryptableError);
  expect(error).toMatchObject({ code: "MAIL_UNDECRYPTABLE", cause: { name: "InvalidCiphertextException" } });
});

test.each(["ThrottlingException", "KMSInternalException"] as const)(
  "%s: retried by the SDK; for ever, it passes through and the mail is asked for again later",
  async (answer) => {
    const { kms, store } = await bucketWithAnEncryptedMail();
    kms.fail({ answer });
    expect((await readAll(store, "raw/1")).equals(MAIL)).toBe(true);
    kms.fail({ answer, times: Number.POSITIVE_INFINITY });
    await expect(store.open("raw/1")).rejects.toMatchObject({ name: answer });
  },
);

test("a form that is not known is told by its field, and KMS is not asked", async () => {
  const { s3, kms, store } = await bucketWithAnEncryptedMail();
  s3.metadata.set("mails/raw/1", { ...s3.metadata.get("mails/raw/1"), "x-amz-cek-alg": "AES/CBC/PKCS5Padding" });
  await expect(store.open("raw/1")).rejects.toThrow(/x-amz-cek-alg.*AES\/CBC\/PKCS5Padding/);
  expect(kms.requests).toEqual([]);
});

test("trap 1.8, a damaged object is an error on the stream, not a short mail", async () => {
  const { s3, store } = await bucketWithAnEncryptedMail();
  s3.objects.set("mails/raw/1", encryptedBody(MAIL).subarray(0, -1));
  await expect(readAll(store, "raw/1")).rejects.toThrow(MailUndecryptableError);
});

test.each(["cut", "cutWithoutChecksum"] as const)(
  "trap 1.8, a connection that is cut midway (%s) is the connection's error, so that it is tried again",
  async (answer) => {
    const { s3, store } = await bucketWithAnEncryptedMail(randomBytes(1 << 18));
    s3.fail({ operation: "GetObject", answer });
    const error: unknown = await readAll(store, "raw/1").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailUndecryptableError);
  },
);

describe("trap 1.8, an encrypted mail that is too large is never read up to its tag: nothing of it is given, not even its header", () => {
  const TOO_LARGE = /larger than SES takes in \(41943040 bytes\), so nothing of it was checked/;
  const state = (s3: FakeS3, size: number) =>
    s3.metadata.set("mails/raw/1", {
      ...s3.metadata.get("mails/raw/1"),
      "x-amz-unencrypted-content-length": String(size),
    });

  test.each([
    ["by the object's length", MAX_MAIL_BYTES + 1, MAX_MAIL_BYTES + 1],
    ["by the object's length, whatever is stated", MAX_MAIL_BYTES + 1, 90],
    ["by what is stated", 90, MAX_MAIL_BYTES + 1],
  ])("%s: refused before KMS is asked", async (_, length, stated) => {
    const { s3, kms, store } = await bucketWithAnEncryptedMail(Buffer.alloc(length, "a: b\r\n"));
    state(s3, stated);
    const error: unknown = await store.open("raw/1").catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(MailUndecryptableError);
    expect(String(error)).toMatch(TOO_LARGE);
    expect(kms.requests).toEqual([]);
  });

  test("the largest that SES takes in is read to its tag: a changed header is refused", async () => {
    const { s3, store } = await bucketWithAnEncryptedMail(Buffer.alloc(MAX_MAIL_BYTES, "a: b\r\n"));
    const { body, size } = await store.open("raw/1");
    expect(await parseMessage(body, size)).toMatchObject({ size: MAX_MAIL_BYTES });
    const object = s3.objects.get("mails/raw/1") ?? Buffer.of();
    object.writeUInt8(object.readUInt8(3) ^ 1, 3);
    const changed = await store.open("raw/1");
    await expect(parseMessage(changed.body, changed.size)).rejects.toThrow(MailUndecryptableError);
  });
});

test("trap 1.8, of a mail that kills its runs the header alone is parsed, and given only when the tag was checked", async () => {
  const mail = Buffer.concat([MAIL, randomBytes(3 << 20)]);
  const { s3, store } = await bucketWithAnEncryptedMail(mail);
  const { body, size } = await store.open("raw/1");
  expect(await parseHeader(body, size)).toMatchObject({ subject: "PO 4711", size: mail.length, text: "" });
  const object = s3.objects.get("mails/raw/1") ?? Buffer.of();
  object.writeUInt8(object.readUInt8(40) ^ 1, 40);
  const changed = await store.open("raw/1");
  await expect(parseHeader(changed.body, changed.size)).rejects.toThrow(MailUndecryptableError);
});

test("an opened mail may be left unread: destroying it ends the reading of the object", async () => {
  const { store } = await bucketWithAnEncryptedMail(randomBytes(3 << 20));
  const { body } = await store.open("raw/1");
  const closed = new Promise((resolve) => body.once("close", resolve));
  body.destroy();
  await closed;
  expect(body.destroyed).toBe(true);
});
