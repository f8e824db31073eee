import { describe, expect, onTestFinished, test } from "vitest";
import { kmsDataKeys } from "../../shared/aws/kms-data-keys.ts";
import { s3MailStore } from "../../shared/aws/s3-mail-store.ts";
import {
  ConfigurationError,
  MailAccessDeniedError,
  MailEncryptedError,
  MailNotFoundError,
  MailUndecryptableError,
} from "../../shared/errors.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import { evaluateMail } from "../../shared/inbound/evaluate-mail.ts";
import { evaluateUnreadable, unreadableMail } from "../../shared/inbound/unreadable-mail.ts";
import { MAX_MAIL_BYTES } from "../../shared/message/limits.ts";
import type { MailStore } from "../../shared/ports.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { CONTEXT, DATA_KEY, encryptedBody, encryptionMetadata } from "../support/encrypted-mails.ts";
import { evaluateAnnounced } from "../support/evaluate-announced.ts";
import { startFakeKms } from "../support/fake-kms.ts";
import { startFakeS3 } from "../support/fake-s3.ts";
import { receiptOf } from "../support/receipts.ts";

const RECEIPT = receiptOf({ storageKey: "raw/1" });
const MAIL = Buffer.from("From: ana@client.example\r\nSubject: outage\r\n\r\nIt is down.\r\n");
const rules = compileRules(readRules("rules: [{ name: outage, when: { keywords: [outage] } }]", "rules.yml"));

describe("what an error of the store says about a mail", () => {
  test.each([
    [new MailNotFoundError("raw/1"), "it is not in the mail store", true],
    [new MailAccessDeniedError("raw/1"), "reading it from the mail store is denied", true],
    [new MailEncryptedError("raw/1"), "SES encrypted it, and its key may not be used", true],
    [new MailUndecryptableError("raw/1", "no tag"), "SES encrypted it, and it cannot be decrypted", false],
  ])("%s", (error, why, mayComeYet) => {
    expect(unreadableMail(error)).toMatchObject({ why, mayComeYet });
  });

  test.each([
    ["the network failed", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })],
    ["S3 is busy", Object.assign(new Error("SlowDown"), { name: "SlowDown" })],
    ["something is not configured", new ConfigurationError("x")],
    ["what was thrown is no error", "x"],
  ])("nothing, when %s: it is to be asked for again", (_, error) => {
    expect(unreadableMail(error)).toBeUndefined();
  });

  test("each has a sentence of its own, and a mail that cannot be decrypted also what was found", () => {
    const sentences = [
      new MailNotFoundError("raw/1"),
      new MailAccessDeniedError("raw/1"),
      new MailEncryptedError("raw/1"),
      new MailUndecryptableError("raw/1", "its metadata has no x-amz-iv"),
    ].map((error) => unreadableMail(error)?.sentence);
    expect(new Set(sentences).size).toBe(4);
    expect(sentences.at(-1)).toMatch(/What was found: its metadata has no x-amz-iv\.$/);
  });
});

test("trap 1.8, a mail that cannot be read has a record with what was announced, and one alert to the operator; never an empty text", () => {
  const unreadable = { why: "it is not there", sentence: "A mail is not there.", mayComeYet: true };
  const { record, alerts, feedback } = evaluateUnreadable(RECEIPT, unreadable);
  expect(record).toEqual({
    v: 1,
    source: "raw/1",
    sesMessageId: RECEIPT.sesMessageId,
    sha256: "",
    size: 0,
    receivedAt: RECEIPT.receivedAt,
    envelope: RECEIPT.envelope,
    verdicts: RECEIPT.verdicts,
    verdictsTrusted: true,
    rebuilt: false,
    message: { subject: "", from: [], to: [], date: null, attachments: [] },
    rulesVersion: null,
    matches: [],
    actions: [{ id: alerts[0]?.id, rule: "mailroom/unreadable", type: "alert", topic: "operator", status: "planned" }],
    feedback: [],
    outcome: "quarantined",
    why: "it is not there",
    problems: [],
  });
  expect(alerts).toMatchObject([
    { rule: "mailroom/unreadable", severity: "error", raw: "raw/1", because: [{ value: "A mail is not there." }] },
  ]);
  expect(feedback).toEqual([]);
});

/** Buckets in which raw/1 is not as it should be. */
async function bucket() {
  const [s3, kms] = await Promise.all([startFakeS3(), startFakeKms()]);
  onTestFinished(async () => {
    await Promise.all([s3.close(), kms.close()]);
  });
  const retry = { waits: [], sleep: async () => {} };
  const keys = kmsDataKeys(kms.client());
  return {
    s3,
    encrypt() {
      s3.objects.set("mails/raw/1", encryptedBody(MAIL));
      s3.metadata.set("mails/raw/1", encryptionMetadata(kms.wrap(DATA_KEY, CONTEXT), MAIL.length));
    },
    store: s3MailStore(s3.client(), "mails", { retry, keys }),
    storeWithoutKeys: s3MailStore(s3.client(), "mails", { retry }),
  };
}

async function evaluate(store: MailStore): Promise<Evaluation> {
  try {
    const { body, size } = await store.open("raw/1");
    return await evaluateAnnounced({ raw: body, size, receipt: RECEIPT }, rules);
  } catch (error) {
    const unreadable = unreadableMail(error);
    if (unreadable === undefined) throw error;
    return evaluateUnreadable(RECEIPT, unreadable);
  }
}

/** Outcome, what says why, who was told, and the words to the operator. */
async function told(store: MailStore) {
  const { record, alerts } = await evaluate(store);
  return {
    outcome: record.outcome,
    why: record.why ?? record.problems[0]?.code,
    alerts: alerts.map(({ rule }) => rule),
    sentence: alerts.at(-1)?.because[0],
  };
}

const UNREADABLE = { outcome: "quarantined", alerts: ["mailroom/unreadable"] };
const UNPARSABLE = { outcome: "unparsable", alerts: ["mailroom/unparsable"] };
const says = (value: RegExp) => ({ value: expect.stringMatching(value) });

describe("each kind of object that is no mail to read ends in its own way", () => {
  test("trap 1.8, missing", async () => {
    const { store } = await bucket();
    const why = "it is not in the mail store";
    expect(await told(store)).toEqual({ ...UNREADABLE, why, sentence: expect.objectContaining(says(/is not in the/)) });
  });

  test("trap 1.8, denied", async () => {
    const { s3, store } = await bucket();
    s3.fail({ operation: "GetObject", answer: "AccessDenied" });
    const why = "reading it from the mail store is denied";
    expect(await told(store)).toEqual({ ...UNREADABLE, why, sentence: expect.objectContaining(says(/s3:GetObject/)) });
  });

  test("trap 1.8, empty", async () => {
    const { s3, store } = await bucket();
    s3.objects.set("mails/raw/1", Buffer.alloc(0));
    const sentence = expect.objectContaining(says(/no bytes/));
    expect(await told(store)).toEqual({ ...UNPARSABLE, why: "empty", sentence });
  });

  test.each([
    ["an image", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR"],
    ["JSON", '{"subject":"lunch"}'],
    ["a text", "Dear all,\r\n\r\nthe door is open.\r\n"],
  ])("trap 1.8, not a mail: %s", async (_, content) => {
    const { s3, store } = await bucket();
    s3.objects.set("mails/raw/1", Buffer.from(content, "latin1"));
    const sentence = expect.objectContaining(says(/begins with no header field/));
    expect(await told(store)).toEqual({ ...UNPARSABLE, why: "noHeaders", sentence });
  });

  test("not a mail, and a rule's keyword in it: the rule runs over what was read, and the operator is told besides", async () => {
    const { s3, store } = await bucket();
    s3.objects.set("mails/raw/1", Buffer.from('{"state":"outage"}'));
    expect(await told(store)).toMatchObject({ ...UNPARSABLE, alerts: ["outage", "mailroom/unparsable"] });
  });

  test("trap 1.17, larger than allowed: rules run over its headers, and it is not read further", async () => {
    const { s3, store } = await bucket();
    s3.objects.set("mails/raw/1", Buffer.concat([MAIL, Buffer.alloc(MAX_MAIL_BYTES)]));
    const alerts = ["outage", "mailroom/unparsable"];
    const sentence = expect.objectContaining(says(/larger than 40 MB/));
    expect(await told(store)).toEqual({ ...UNPARSABLE, why: "tooLarge", alerts, sentence });
    const { record } = await evaluate(store);
    expect(record).toMatchObject({ sha256: "", size: MAIL.length + MAX_MAIL_BYTES, message: { subject: "outage" } });
  });

  test("trap 1.8, encrypted by SES, and no key service", async () => {
    const { encrypt, storeWithoutKeys } = await bucket();
    encrypt();
    const why = "SES encrypted it, and its key may not be used";
    const sentence = expect.objectContaining(says(/kms:Decrypt/));
    expect(await told(storeWithoutKeys)).toEqual({ ...UNREADABLE, why, sentence });
  });

  test("encrypted by SES, and the key is there: a mail like others, to the byte", async () => {
    const { s3, encrypt, store } = await bucket();
    encrypt();
    const decrypted = await evaluate(store);
    s3.metadata.clear();
    s3.objects.set("mails/raw/1", MAIL);
    expect(decrypted).toEqual(await evaluate(store));
    expect(decrypted.record).toMatchObject({ outcome: "processed", matches: [{ rule: "outage" }] });
  });

  test("trap 1.8, encrypted by SES and damaged: nothing of it is taken for the mail", async () => {
    const { s3, encrypt, store } = await bucket();
    encrypt();
    s3.objects.set("mails/raw/1", Buffer.concat([encryptedBody(MAIL).subarray(0, -1), Buffer.from("x")]));
    const why = "SES encrypted it, and it cannot be decrypted";
    const sentence = expect.objectContaining(says(/damaged or changed/));
    expect(await told(store)).toEqual({ ...UNREADABLE, why, sentence });
    expect((await evaluate(store)).record).toMatchObject({ message: { subject: "" }, matches: [] });
  });
});

test("two mails too large to be hashed, found in files, are not taken for the same", async () => {
  const ids = ["a", "b"].map(async (subject) => {
    const raw = Buffer.concat([Buffer.from(`Subject: ${subject}\r\n\r\n`), Buffer.alloc(MAX_MAIL_BYTES)]);
    return (await evaluateMail({ raw, storageKey: "x", trustHeaders: false }, rules)).record.sesMessageId;
  });
  expect(new Set(await Promise.all(ids)).size).toBe(2);
});
