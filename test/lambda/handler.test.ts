import { GetObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import type { Context } from "aws-lambda";
import { describe, expect, test } from "vitest";
import {
  MailAccessDeniedError,
  MailNotFoundError,
  MailroomError,
  MalformedEventError,
  RulesFileError,
} from "../../shared/errors.ts";
import { lambdaHandler } from "../../shared/lambda/handler.ts";
import { jsonLog } from "../../shared/lambda/log.ts";
import { readSesEvent } from "../../shared/receipt/ses-event.ts";
import { sesEvent } from "../support/ses-events.ts";

class NothingToDoError extends MailroomError {
  override readonly name = "NothingToDoError";
  override readonly code = "NOTHING_TO_DO";
  override readonly retry = "discard";
}

const SECRET = "ana@client.example says 4711";
const context = { awsRequestId: "r-1", getRemainingTimeInMillis: () => 30_000 } as Context;

/** Runs a handler once; gives its answer or its error, and the log lines. */
async function run<Result>(handle: (event: unknown) => Promise<Result>, event: unknown = {}, answerOnFailure?: Result) {
  const lines: string[] = [];
  const log = jsonLog((line) => lines.push(line));
  const handler = lambdaHandler({ log, ...(answerOnFailure !== undefined && { answerOnFailure }) }, handle);
  const outcome: { answer?: Result | null; error?: unknown } = await handler(event, context).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ error }),
  );
  return { ...outcome, text: lines.join(""), lines: lines.map((line) => JSON.parse(line)) };
}

/** What Lambda's runtime writes to the log of an error that a handler throws: all that is enumerable, and the stack. */
function asLambdaLogsIt(error: unknown): string {
  return JSON.stringify(error, (_key, value: unknown) =>
    value instanceof Error
      ? { ...value, errorType: value.name, errorMessage: value.message, stack: value.stack }
      : value,
  );
}

const failing = (error: unknown) => async () => {
  throw error;
};

describe("a handler", () => {
  test("gives what its function gives", async () => {
    expect(await run(async (event) => ({ got: event }), { a: 1 })).toMatchObject({
      answer: { got: { a: 1 } },
      lines: [],
    });
  });

  test("an error that asks to be discarded is logged and swallowed", async () => {
    const { answer, lines } = await run(failing(new NothingToDoError("It is all done")));
    expect(answer).toBeNull();
    expect(lines).toEqual([
      {
        level: "WARN",
        event: "discarded",
        requestId: "r-1",
        error: "NothingToDoError",
        code: "NOTHING_TO_DO",
        message: "It is all done",
      },
    ]);
  });

  test("any other error of ours is logged with its message and thrown as it is, for Lambda to try again", async () => {
    const thrown = new MailNotFoundError("inbound/k9p2", { cause: new TypeError(SECRET) });
    const { error, lines } = await run(failing(thrown));
    expect(error).toBe(thrown);
    expect(lines).toEqual([
      {
        level: "ERROR",
        event: "failed",
        requestId: "r-1",
        error: "MailNotFoundError",
        code: "MAIL_NOT_FOUND",
        message: 'No mail is stored under "inbound/k9p2"',
        cause: "TypeError",
      },
    ]);
  });

  test("an error of an AWS service is logged by name and request id, and thrown without its message", async () => {
    const { error, lines } = await run(
      failing(
        new S3ServiceException({
          name: "SlowDown",
          $fault: "server",
          $metadata: { requestId: "aws-7", httpStatusCode: 503 },
          message: "Please reduce your request rate",
        }),
      ),
    );
    expect(error).toMatchObject({ name: "SlowDown", message: expect.stringContaining("left out") });
    expect(lines).toMatchObject([{ event: "failed", error: "SlowDown", awsRequestId: "aws-7", httpStatus: 503 }]);
    expect(lines[0]).not.toHaveProperty("message");
    expect(lines[0]).not.toHaveProperty("said");
  });

  test("what AWS says of permissions is logged and thrown: a person has to put it right", async () => {
    const said = "User: arn:aws:sts::444455556666:role/desk is not authorized to perform: SNS:Publish";
    const { error, lines } = await run(
      failing(
        new S3ServiceException({
          name: "AuthorizationErrorException",
          $fault: "client",
          $metadata: { requestId: "aws-7", httpStatusCode: 403 },
          message: said,
        }),
      ),
    );
    expect(error).toMatchObject({ name: "AuthorizationErrorException", message: said });
    expect(lines).toMatchObject([{ event: "failed", error: "AuthorizationErrorException", said }]);
  });

  describe("trap 1.18, what AWS says of an object shows its key as all else does", () => {
    const KEY = "raw/Invoice-Ana-Kovac-unpaid.eml";
    const denied = (resource: string, name = "AccessDenied") =>
      new S3ServiceException({
        name,
        $fault: "client",
        $metadata: { requestId: "aws-7", httpStatusCode: 403 },
        message: `User: arn:aws:sts::444455556666:assumed-role/desk/run is not authorized to perform: s3:GetObject on resource: ${resource}`,
      });
    const HASHED = "raw/sha256:[0-9a-f]{16}";
    const WHY = " because no identity-based policy allows the s3:GetObject action";

    test.each([
      ["as S3 writes it", `"arn:aws:s3:::acme-inbound/${KEY}"${WHY}`, `"arn:aws:s3:::acme-inbound/${HASHED}"${WHY}$`],
      ["without quotes", `arn:aws-cn:s3:::acme.inbound/${KEY}`, `arn:aws-cn:s3:::acme.inbound/${HASHED}$`],
      ["without quotes, with words behind it", `arn:aws:s3:::acme-inbound/${KEY}${WHY}`, `acme-inbound/${HASHED}$`],
      ["with spaces and quotes in it", `"arn:aws:s3:::b/raw/Ana "Ani" Kovac's.eml"${WHY}`, `b/${HASHED}"${WHY}$`],
      ["with an address in it", `"arn:aws:s3:::b/raw/kovac@client.example"${WHY}`, `b/${HASHED}"${WHY}$`],
      [
        "by an access point",
        `"arn:aws:s3:eu-west-1:444455556666:accesspoint/mail/object/${KEY}"`,
        `object/${HASHED}"$`,
      ],
      ["of two objects", `"arn:aws:s3:::b/${KEY}" or "arn:aws:s3:::b/${KEY}"${WHY}`, `b/raw/sha256:.*"${WHY}$`],
      ["of two objects without quotes", `arn:aws:s3:::b/${KEY} or arn:aws:s3:::b/${KEY}`, "b/raw/sha256:"],
      [
        "of one with quotes and one without",
        `"arn:aws:s3:::b/${KEY}" or arn:aws:s3:::b/${KEY}`,
        `${HASHED}" or arn:.*${HASHED}$`,
      ],
      ["very long", `"arn:aws:s3:::b/raw/Kovac${" x".repeat(2_000)}"`, `b/${HASHED}"$`],
    ])("%s", async (_, resource, said) => {
      for (const thrown of [denied(resource), new MailAccessDeniedError("m1", { cause: denied(resource) })]) {
        const { error, lines } = await run(failing(thrown));
        const told = JSON.stringify(lines.map(({ said: text }) => text));
        expect(lines).toMatchObject([{ said: expect.stringMatching(said) }]);
        expect(told).toMatch(/^\["User: arn:aws:sts::444455556666:assumed-role\/desk\/run is not /);
        expect(told).not.toMatch(/kova?c|invoice|unpaid/i);
        if (thrown instanceof S3ServiceException) expect(String(error)).not.toMatch(/kovac|invoice/i);
      }
    });

    test("the key of the mail that it is about is shown so wherever else it stands", async () => {
      const cause = denied(`the object ${KEY}`);
      const { lines } = await run(failing(new MailAccessDeniedError(KEY, { cause })));
      expect(lines).toMatchObject([{ said: expect.stringMatching(`the object ${HASHED}$`) }]);
      expect(JSON.stringify(lines)).not.toContain("Kovac");
    });

    test("what names a bucket or another thing than an object stays as it is", async () => {
      for (const resource of ['"arn:aws:s3:::acme-inbound"', '"arn:aws:kms:eu-west-1:444455556666:key/1-2"'])
        expect((await run(failing(denied(resource)))).lines).toMatchObject([{ said: denied(resource).message }]);
    });

    test("which KMS key it is, when S3 may not use it", async () => {
      const thrown = denied("arn:aws:kms:eu-west-1:444455556666:key/1-2", "KMS.DisabledException");
      expect((await run(failing(thrown))).lines).toMatchObject([{ said: thrown.message }]);
    });
  });

  test("a key that is no id is not shown, in the line nor in the error, and can be found by its hash", async () => {
    const { error, lines } = await run(failing(new MailNotFoundError("inbound/Re your invoice.eml")));
    expect(error).toMatchObject({ name: "MailNotFoundError" });
    expect(error).not.toHaveProperty("key");
    const message = expect.stringMatching(/^No mail is stored under "inbound\/sha256:[0-9a-f]{16}"$/);
    expect(error).toMatchObject({ message });
    expect(lines).toMatchObject([{ message, code: "MAIL_NOT_FOUND" }]);
  });

  test("of a rules file with an address in it, the log says at least where it is wrong", async () => {
    const problem = { line: 3, column: 5, path: "rules[0].when", message: 'expected a pattern, got "ana@"' };
    const { lines } = await run<unknown>(failing(new RulesFileError("rules.yml", [problem])), {}, {});
    expect(lines).toMatchObject([{ code: "RULES_FILE", places: ["3:5 rules[0].when"] }]);
    expect(JSON.stringify(lines)).not.toContain("ana");
  });

  test("of several errors at once, the log names each", async () => {
    const several = new AggregateError([new TypeError(SECRET), new RangeError(SECRET)], SECRET);
    expect((await run(failing(several))).lines).toMatchObject([
      { error: "AggregateError", causes: ["TypeError", "RangeError"] },
    ]);
  });

  test("a cause that AWS answered keeps its request id", async () => {
    const cause = new S3ServiceException({ name: "NoSuchKey", $fault: "client", $metadata: { requestId: "aws-8" } });
    const { lines } = await run(failing(new MailNotFoundError("k", { cause })));
    expect(lines).toMatchObject([{ error: "MailNotFoundError", cause: "NoSuchKey", awsRequestId: "aws-8" }]);
  });

  test("an AWS service that cannot be reached is logged with its code", async () => {
    const client = new S3Client({
      region: "eu-west-1",
      endpoint: "http://127.0.0.1:1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
      maxAttempts: 1,
    });
    const { error, lines } = await run(() => client.send(new GetObjectCommand({ Bucket: "b", Key: "k" })));
    client.destroy();
    expect(error).toBeInstanceOf(Error);
    expect(lines).toMatchObject([{ event: "failed", code: "ECONNREFUSED" }]);
  });

  test("nothing of one request is left for the next", async () => {
    const lines: string[] = [];
    let calls = 0;
    const handler = lambdaHandler({ log: jsonLog((line) => lines.push(line)) }, async () => {
      calls += 1;
      if (calls === 1) throw new NothingToDoError("x");
      return calls;
    });
    expect(await handler({}, context)).toBeNull();
    expect(await handler({}, { ...context, awsRequestId: "r-2" })).toBe(2);
    expect(lines).toHaveLength(1);
  });
});

describe("a handler with an answer for failures", () => {
  test.each([
    { kind: "ours", thrown: new MalformedEventError("Records", "an array", "nothing"), name: "MalformedEventError" },
    { kind: "to be discarded", thrown: new NothingToDoError("x"), name: "NothingToDoError" },
    { kind: "unknown", thrown: new TypeError(SECRET), name: "TypeError" },
  ])("an error that is $kind is logged as an error and answered", async ({ thrown, name }) => {
    const { answer, lines } = await run<unknown>(failing(thrown), {}, { disposition: "CONTINUE" });
    expect(answer).toEqual({ disposition: "CONTINUE" });
    expect(lines).toMatchObject([{ level: "ERROR", event: "failed, answered all the same", error: name }]);
  });
});

describe("trap 1.18, content in logs: neither our lines nor Lambda's own quote a mail", () => {
  const quoting = (): unknown => JSON.parse(`${SECRET}\n    at ${SECRET}`);
  const named = new Error(SECRET);
  named.name = SECRET;
  const changed = new Error("first");
  changed.message = SECRET;

  test.each([
    { kind: "SyntaxError of a parser that quotes its input", handle: async () => quoting() },
    { kind: "error with content as its name", handle: failing(named) },
    { kind: "error whose message was changed later", handle: failing(changed) },
    {
      kind: "error with content in a property",
      handle: failing(Object.assign(new Error("x"), { mail: SECRET, code: SECRET })),
    },
    { kind: "error with content in its cause", handle: failing(new Error("x", { cause: new Error(SECRET) })) },
    { kind: "error without a stack", handle: failing(Object.assign(new Error(SECRET), { stack: undefined })) },
    { kind: "string that is thrown", handle: failing(SECRET) },
    { kind: "nothing that is thrown", handle: failing(undefined) },
    {
      kind: "error of ours with content in its cause",
      handle: failing(new MailNotFoundError("k", { cause: new Error(SECRET) })),
    },
    {
      kind: "error of an AWS service that quotes what was sent",
      handle: failing(
        new S3ServiceException({
          name: "InvalidParameter",
          $fault: "client",
          $metadata: {},
          message: `Invalid parameter: Subject: ${SECRET}`,
        }),
      ),
    },
    { kind: "error of ours about a stored mail of that name", handle: failing(new MailNotFoundError(`in/${SECRET}`)) },
    {
      kind: "malformed event",
      handle: async () => readSesEvent(sesEvent({ mail: { messageId: SECRET }, receipt: { recipients: SECRET } })),
    },
  ])("$kind", async ({ handle }) => {
    const { error, text } = await run<unknown>(handle);
    expect(error).toBeInstanceOf(Error);
    expect(text + asLambdaLogsIt(error)).not.toMatch(/ana|client|4711/);
  });

  test("what is left says where it arose", async () => {
    const { error, lines } = await run<unknown>(async () => quoting());
    expect(lines[0]).toMatchObject({
      error: "SyntaxError",
      at: expect.arrayContaining([expect.stringContaining("handler.test.ts")]),
    });
    expect(error).toMatchObject({ name: "SyntaxError", stack: expect.stringContaining("handler.test.ts") });
  });
});
