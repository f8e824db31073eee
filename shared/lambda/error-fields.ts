import { errorCode, MailroomError } from "../errors.ts";
import type { LogFields } from "../ports.ts";

/**
 * What may be logged of an error.
 *
 * Our own messages are written to hold no content of a mail. Of the AWS SDK's errors: the name and the request id, with
 * which AWS support finds the call. Of any other: its name, its code, and where in our code it arose. Its message may
 * quote what could not be read: `JSON.parse` does, and the parsers of mails do.
 */
export function errorFields(error: unknown): LogFields {
  if (error instanceof MailroomError) {
    const { name, code, message, cause } = error;
    return { error: name, code, message, ...(cause !== undefined && { cause: nameOf(cause), ...awsFields(cause) }) };
  }
  if (isAwsError(error)) return { error: nameOf(error), ...awsFields(error) };
  return { error: nameOf(error), code: codeOf(error), at: framesOf(error) };
}

/**
 * The error that Lambda may see: its runtime logs message, stack and properties of whatever a handler throws.
 *
 * @returns the error itself where its message is known to hold no content, else one of the same name without it
 */
export function withoutContent(error: unknown): Error {
  if (error instanceof MailroomError || isAwsError(error)) return error;
  const name = nameOf(error);
  const message = "The message is left out, because it may quote a mail; the log line before says where this arose";
  const safe = new Error(message);
  safe.name = name;
  safe.stack = [`${name}: ${message}`, ...framesOf(error)].join("\n");
  return safe;
}

interface AwsError extends Error {
  readonly $metadata: { readonly requestId?: string; readonly httpStatusCode?: number };
}

/** An answer of an AWS service, as every client of the SDK throws it. */
function isAwsError(error: unknown): error is AwsError {
  return error instanceof Error && "$fault" in error && "$metadata" in error && typeof error.$metadata === "object";
}

function awsFields(error: unknown): LogFields {
  if (!isAwsError(error)) return {};
  return { awsRequestId: error.$metadata.requestId, httpStatus: error.$metadata.httpStatusCode };
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown ${typeof error}`;
  return /^[\w.$-]{1,80}$/.test(error.name) ? error.name : "Error";
}

/** Such as ECONNREFUSED. */
function codeOf(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /^[A-Z0-9_]{1,60}$/.test(code) ? code : undefined;
}

const MAX_FRAMES = 8;

/** The lines of the stack behind the message, which may itself have lines that look like them. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || typeof error.stack !== "string") return [];
  const message = error.stack.indexOf(error.message);
  if (message < 0) return [];
  const lines = error.stack.slice(message + error.message.length).split("\n", MAX_FRAMES + 1);
  return lines.filter((line) => /^ {4}at /.test(line));
}
