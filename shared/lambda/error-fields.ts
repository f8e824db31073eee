import { errorCode, FileProblemsError, MailroomError, StoredMailError } from "../errors.ts";
import type { LogFields } from "../ports.ts";
import { withoutAddresses } from "./log.ts";
import { shownKey } from "./shown-id.ts";

/**
 * What may be logged of an error.
 *
 * Our own messages are written to hold no content of a mail; a storage key in them, or in what AWS says, is shown as `shownKey`
 * does. Of the AWS SDK's errors: the name and the request id, with which AWS support finds the call. Of any other: its name, its code, and
 * where in our code it arose. Its message may quote what could not be read: `JSON.parse` does, and the parsers of mails do.
 */
export function errorFields(error: unknown): LogFields {
  if (error instanceof MailroomError) {
    const { name, code, cause } = error;
    const told = { error: name, code, message: ownMessage(error), ...placesOf(error) };
    return cause === undefined ? told : { ...told, cause: nameOf(cause), ...awsFields(cause, keyOf(error)) };
  }
  if (isAwsError(error)) return { error: nameOf(error), ...awsFields(error) };
  return { error: nameOf(error), code: codeOf(error), at: framesOf(error), ...causesOf(error) };
}

/**
 * The error that Lambda may see: its runtime logs message, stack and properties of whatever a handler throws.
 *
 * @returns the error itself where it is known to hold no content, else one of the same name without it
 */
export function withoutContent(error: unknown): Error {
  if (error instanceof MailroomError && ownMessage(error) === error.message) return error;
  const name = nameOf(error);
  const message = error instanceof MailroomError ? ownMessage(error) : (awsMessage(error) ?? LEFT_OUT);
  const safe = new Error(message);
  safe.name = name;
  safe.stack = [`${name}: ${message}`, ...framesOf(error)].join("\n");
  return safe;
}

const LEFT_OUT = "The message is left out, because it may quote a mail; the log line before says where this arose";

function ownMessage(error: MailroomError): string {
  return withoutAddresses(withoutKey(error.message, keyOf(error)));
}

/** Our errors about a stored mail have its key, which is not always an id of SES. */
function keyOf(error: MailroomError): string {
  return error instanceof StoredMailError ? error.key : "";
}

function withoutKey(message: string, key: string): string {
  return key === "" ? message : message.replaceAll(key, () => shownKey(key));
}

/** Where a person's file is wrong, even when the words for it are left out for an address that the file has there. */
function placesOf(error: MailroomError): LogFields {
  if (!(error instanceof FileProblemsError)) return {};
  return { places: error.problems.map(({ line, column, path }) => `${line}:${column} ${path}`) };
}

/** What failed at once, of an AggregateError: our own errors in their words, which name the alerts that did not go out. */
function causesOf(error: unknown): LogFields {
  if (!(error instanceof AggregateError)) return {};
  const told = (cause: unknown) => (cause instanceof MailroomError ? ownMessage(cause) : nameOf(cause));
  return { causes: error.errors.map(told) };
}

interface AwsError extends Error {
  readonly $metadata: { readonly requestId?: string; readonly httpStatusCode?: number };
}

/** An answer of an AWS service, as every client of the SDK throws it. */
function isAwsError(error: unknown): error is AwsError {
  return error instanceof Error && "$fault" in error && "$metadata" in error && typeof error.$metadata === "object";
}

/** @param key of the mail that it is about, where that is known */
function awsFields(error: unknown, key = ""): LogFields {
  if (!isAwsError(error)) return {};
  const { requestId, httpStatusCode } = error.$metadata;
  return { awsRequestId: requestId, httpStatus: httpStatusCode, said: awsMessage(error, key) };
}

/** AWS's errors about what may be called and what there is. Of all others the message may quote what was sent: a mail's subject, an address. */
const TELLING =
  /^(?:AccessDenied|Authorization|Unauthorized|UnrecognizedClient|InvalidClientToken|ExpiredToken|ResourceNotFound|NotFound|NoSuchBucket|KMS|Disabled)[\w.]*$/;

function awsMessage(error: unknown, key = ""): string | undefined {
  if (!isAwsError(error) || !TELLING.test(error.name)) return undefined;
  return withoutAddresses(withoutKey(withoutObjects(error.message), key));
}

/** The ARN of an object, without the object's key. */
const OBJECT_ARN = /"?arn:[\w-]{1,20}:s3[\w-]{0,20}:[\w-]{0,30}:\d{0,12}:[^\s"/]{1,255}\//;

/**
 * Shows the key in an object's ARN as `shownKey` does. A key may hold spaces and quotes, so it goes on to the last quote where a quote
 * stands before the ARN, and else to the end: too much is hashed rather than too little.
 */
function withoutObjects(message: string): string {
  const found = OBJECT_ARN.exec(message);
  if (found === null) return message;
  const start = found.index + found[0].length;
  const quote = found[0].startsWith('"') ? message.lastIndexOf('"') : -1;
  const end = quote < start ? message.length : quote;
  return message.slice(0, start) + shownKey(message.slice(start, end)) + withoutObjects(message.slice(end));
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
