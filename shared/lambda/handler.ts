import middy, { type MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import { MailroomError } from "../errors.ts";
import type { Log } from "../ports.ts";
import { errorFields, withoutContent } from "./error-fields.ts";
import { withRequestId } from "./log.ts";

/** The stack that every function runs in: one request id on all lines, and one policy for errors. */
export interface Stack<Result> {
  readonly log: Log;
  /** Where given, a failure is logged and answered with this, and Lambda does not see it. */
  readonly answerOnFailure?: Result;
}

/**
 * Makes a Lambda handler of a function from event to result.
 *
 * An error that asks to be discarded is logged and swallowed; any other is logged and thrown, so that Lambda tries
 * again and carries the event to the dead-letter queue.
 */
export function lambdaHandler<Result>(
  stack: Stack<Result>,
  handle: (event: unknown, context: Context) => Promise<Result>,
): (event: unknown, context: Context) => Promise<Result | null> {
  const handler = middy<unknown, Result | null>((event: unknown, context: Context) => handle(event, context)).use(
    errorPolicy(stack),
  );
  return (event, context) => withRequestId(context.awsRequestId, () => handler(event, context));
}

function errorPolicy<Result>({ log, answerOnFailure }: Stack<Result>): MiddlewareObj<unknown, Result | null> {
  return {
    onError: (request) => {
      const { error } = request;
      if (answerOnFailure !== undefined) {
        log.error("failed, answered all the same", errorFields(error));
        request.response = answerOnFailure;
      } else if (error instanceof MailroomError && error.retry === "discard") {
        log.warn("discarded", errorFields(error));
        // middy takes any answer but undefined as "handled".
        request.response = null;
      } else {
        log.error("failed", errorFields(error));
        // Set, not thrown: middy hangs the first error, message and all, on another that is thrown here.
        request.error = withoutContent(error);
      }
    },
  };
}
