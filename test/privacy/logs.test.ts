import { readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { S3ServiceException } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, test } from "vitest";
import { MailAccessDeniedError, MailNotFoundError, PublishError } from "../../shared/errors.ts";
import type { CompiledRules } from "../../shared/rules/compile-rules.ts";
import { compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { sesEvent } from "../support/ses-events.ts";
import { failedCall, records, snsMessage, snsRecord, sqsRecord } from "../support/transports.ts";
import { type Canaries, canariesOf, foundIn } from "./canaries.ts";
import { BUCKET, type FunctionName, logOf, type Ports, portsOf } from "./desk.ts";
import { ADDRESS, ODD_IDS, ODD_MAILS, QUOTED } from "./odd-mails.ts";

// Trap 1.18. Every mail and event of this repository goes through the functions, and everything that they log is searched for what they say.

const ROOT = join(import.meta.dirname, "../..");
const filesIn = (folder: string, ending: RegExp) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => ending.test(file))
    .map((file) => join(ROOT, folder, file))
    .sort();

const MAILS = [
  ...["samples/mail", "test"].flatMap((folder) => filesIn(folder, /\.eml$/)).map((file) => readFileSync(file)),
  ...Object.values(ODD_MAILS),
];
const EVENT_TEXTS = ["samples/events", "test/events"]
  .flatMap((folder) => filesIn(folder, /\.(?:json|ndjson)$/))
  .flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return file.endsWith(".ndjson") ? text.trim().split("\n") : [text];
  });
const EVENTS: unknown[] = EVENT_TEXTS.map((text) => JSON.parse(text));

const samples = compileRules(readRules(readFileSync(join(ROOT, "samples/rules.yml"), "utf8"), "rules.yml"));
const rules = () => samples;
const ID = "k9p2m4c7tq0v1e3s5h8d6g2b0n4r7a1lfo6u3j01";
const RECIPIENT = "empfang.rossi@mail.acme.example";

let canaries: Canaries;
beforeAll(async () => {
  const odd = [QUOTED, RECIPIENT, ADDRESS.replace("@", "_"), ...EVENT_TEXTS];
  const found = await canariesOf(MAILS, odd);
  canaries = { ...found, texts: found.texts.union(new Set(ODD_IDS.map((id) => id.toLowerCase()))) };
});

/** What SES says of a mail whose every field somebody can be told by. */
const announcing = (messageId = ID) =>
  sesEvent({
    mail: {
      messageId,
      source: ADDRESS,
      destination: [RECIPIENT],
      headers: [{ name: "Subject", value: QUOTED }],
      commonHeaders: { subject: QUOTED, from: [QUOTED] },
    },
    receipt: { recipients: [RECIPIENT] },
  });

const stored = (key: string) =>
  records({
    eventSource: "aws:s3",
    eventName: "ObjectCreated:Put",
    s3: { bucket: { name: BUCKET }, object: { key: encodeURIComponent(key).replaceAll("%2F", "/"), size: 1 } },
  });

/** Stacks say where this project lies on this machine, which may be in a folder named by any word. */
const PLACES = [ROOT, realpathSync(ROOT), realpathSync(join(ROOT, "node_modules"))];
const withoutPlaces = (text: string) => PLACES.reduce((rest, place) => rest.replaceAll(place, ""), text);

async function expectNothingIn(name: FunctionName, event: unknown, ports: Ports, rulesOf: () => CompiledRules = rules) {
  const lines = await logOf(name, event, ports, rulesOf);
  expect({ lines, found: foundIn(withoutPlaces(lines.join("\n")), canaries) }).toEqual({ lines, found: [] });
  return lines;
}

test("the search is worth something: there is much to be found, and it finds it", () => {
  expect(canaries.texts.size).toBeGreaterThan(200);
  expect(canaries.words.size).toBeGreaterThan(200);
  for (const said of [
    "valentina.rossi@privat.example",
    "Kündigung",
    "an Valentina Rossi",
    "k\\u00fcndigung",
    "rossi%40privat.example",
  ])
    expect([said, foundIn(`{"x":"${said}"}`, canaries)]).not.toEqual([said, []]);
  expect(foundIn('{"level":"INFO","event":"mail processed","outcome":"quarantined"}', canaries)).toEqual([]);
});

describe("trap 1.18, no address, subject or body in the log", () => {
  test("of process-mail, whatever mail it reads", async () => {
    for (const raw of MAILS) {
      const [line] = await expectNothingIn("process-mail", announcing(), portsOf(raw));
      expect(JSON.parse(line ?? "")).toMatchObject({ event: "mail processed", sesMessageId: ID });
    }
  });

  test("of process-mail, when the mail comes inside the announcement", async () => {
    for (const raw of Object.values(ODD_MAILS)) {
      const { mail, receipt: said } = announcing().Records[0]?.ses ?? {};
      const action = { type: "SNS", encoding: "BASE64", topicArn: "arn:aws:sns:eu-west-1:444455556666:mail" };
      const receipt = { ...said, action };
      const content = Buffer.from(raw).toString("base64");
      const told = { notificationType: "Received", mail, receipt };
      await expectNothingIn("process-mail", records(snsRecord({ ...told, content })), portsOf(raw));
      await expectNothingIn("process-mail", records(snsRecord({ ...told, content: `${content}%` })), portsOf(raw));
      const asText = {
        ...told,
        content: `${QUOTED}\ufffd`,
        receipt: { ...receipt, action: { ...action, encoding: ADDRESS } },
      };
      await expectNothingIn("process-mail", records(snsRecord(asText)), portsOf(raw));
    }
  });

  test.each(ODD_IDS.flatMap((id) => [id, `${id}/${ID}`]))(
    "of process-mail, when a mail is stored as %s",
    async (id) => {
      const raw = ODD_MAILS["an address as a message id"] ?? Buffer.of();
      const key = `inbound/${id}`;
      const missing = { store: { ...portsOf(raw).store, open: failing(() => new MailNotFoundError(key)) } };
      for (const ports of [portsOf(raw), portsOf(raw, missing)]) {
        await expectNothingIn("process-mail", stored(key), ports);
        await expectNothingIn("process-mail", records(sqsRecord(stored(key))), ports);
        await expectNothingIn("process-mail", announcing(id), ports);
      }
    },
  );

  test.each(["process-mail", "record-bounce", "screen-mail"] as const)("of %s, whatever event comes", async (name) => {
    const raw = ODD_MAILS["a report about somebody"] ?? Buffer.of();
    const broken = [
      `{"mail": ${QUOTED}`,
      QUOTED,
      { Records: [{ Sns: QUOTED }] },
      { [QUOTED]: QUOTED },
      [QUOTED],
      QUOTED.length,
    ];
    for (const event of [...EVENTS, ...broken, announcing(QUOTED), announcing(ADDRESS)]) {
      for (const wrapped of [
        event,
        records(snsRecord(event)),
        records(sqsRecord(snsMessage(event))),
        failedCall(event),
      ])
        await expectNothingIn(name, wrapped, portsOf(raw));
    }
  });
});

const failing = (error: () => unknown) => async () => {
  throw error();
};

/** An error of AWS that quotes what it was sent. */
const aws = (name: string, said: string) => () =>
  new S3ServiceException({
    name,
    $fault: "client",
    $metadata: { requestId: "B59D20F2TE6M2BJR", httpStatusCode: 400 },
    message: said,
  });

const FAILURES: Readonly<Record<string, () => unknown>> = {
  "an error of AWS that quotes the mail": aws("InvalidParameter", `Invalid parameter: Subject Reason: ${QUOTED}`),
  "an error of AWS about permissions, on a key with an address": aws(
    "AccessDenied",
    `not authorized on inbound/${ADDRESS}`,
  ),
  "JSON that cannot be read": () => {
    try {
      return JSON.parse(QUOTED);
    } catch (error) {
      return error;
    }
  },
  "a plain error that holds the mail": () => new Error(QUOTED, { cause: new Error(ADDRESS) }),
  "an error whose message looks like a stack": () => new RangeError(`x\n    at ${QUOTED}\n    at ${QUOTED}`),
  "several errors at once": () => new AggregateError([new Error(QUOTED), aws("ValidationException", QUOTED)()], QUOTED),
  "an error with the mail in its properties": () =>
    Object.assign(new Error("x"), { mail: QUOTED, code: QUOTED, name: QUOTED }),
  "a mail that is not there": () => new MailNotFoundError(`inbound/${ADDRESS}`, { cause: aws("NoSuchKey", QUOTED)() }),
  "a mail that may not be read": () => new MailAccessDeniedError("inbound/Kündigung Rossi.eml"),
  "alerts that are not published": () =>
    new PublishError([{ id: "0".repeat(32), reason: "InvalidParameter" }], { cause: new Error(QUOTED) }),
  "no error at all": () => QUOTED,
};

describe.each(Object.entries(FAILURES))(
  "trap 1.18, no address, subject or body in the log when what fails is %s",
  (_, error) => {
    const raw = ODD_MAILS["a report about somebody"] ?? Buffer.of();
    const alerting = Buffer.from(
      `From: ${ADDRESS}\r\nSubject: outage, Kündigung\r\n\r\nKündigung zum Quartalsende\r\n`,
    );
    const { store, alerts, mailLog, table } = portsOf(raw);
    const body = () => Readable.from(halfOf(alerting, error));

    const places: Readonly<Record<string, Partial<Ports>>> = {
      "opening the mail": { store: { ...store, open: failing(error) } },
      "reading the mail": { store: { ...store, open: async (key) => ({ key, size: undefined, body: body() }) } },
      "storing the mail": { store: { ...store, put: failing(error) } },
      publishing: { alerts: { ...alerts, publish: failing(error) } },
      "looking into the mail log": { mailLog: { ...mailLog, find: failing(error) } },
      "writing the mail log": { mailLog: { ...mailLog, put: failing(error) } },
      "recording a report": { table: { ...table, addEvidence: failing(error) } },
      "reading what is suppressed": { table: { ...table, get: failing(error), evidence: failing(error) } },
    };

    test.each(Object.keys(places))("on %s", async (place) => {
      for (const mail of [raw, alerting]) {
        const ports = portsOf(mail, places[place]);
        await expectNothingIn("process-mail", announcing(), ports);
        await expectNothingIn("process-mail", records(sqsRecord(stored(`inbound/${ID}`))), ports);
      }
      for (const event of EVENTS) await expectNothingIn("record-bounce", event, portsOf(raw, places[place]));
    });

    test("on screening", async () => {
      const lines = await expectNothingIn("screen-mail", announcing(), portsOf(raw), () => {
        throw error();
      });
      expect(lines.join("")).toContain("failed, answered all the same");
    });
  },
);

function* halfOf(raw: Uint8Array, error: () => unknown) {
  yield raw.subarray(0, 40);
  throw error();
}
