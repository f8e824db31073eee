import type { IncomingMessage, ServerResponse } from "node:http";
import { LambdaClient, type LambdaClientConfig } from "@aws-sdk/client-lambda";
import { createFaults, type FakeService, startFakeService } from "./fake-server.ts";

interface LambdaFault {
  readonly answer: keyof typeof ERRORS;
  /** 1 unless told. */
  readonly times?: number;
}

const ERRORS = {
  ResourceNotFoundException: { status: 404, message: "Function not found" },
  RequestTooLargeException: { status: 413, message: "The event is larger than Lambda takes asynchronously." },
  TooManyRequestsException: { status: 429, message: "Rate Exceeded." },
  AccessDeniedException: { status: 403, message: "not authorized to perform lambda:InvokeFunction" },
} as const;

export interface FakeLambda extends FakeService<LambdaClient, LambdaClientConfig> {
  /** What functions were called with, asynchronously, in order; `name` as it was asked for. */
  readonly invoked: { readonly name: string; readonly event: unknown }[];
  fail(fault: LambdaFault): void;
}

/** SES fact 6.2. */
const MAX_ASYNC_BYTES = 1_048_576;

/** Lambda's Invoke over its real wire format. Every function is there, and none runs: it is called by `Event` alone. */
export async function startFakeLambda(): Promise<FakeLambda> {
  const invoked: FakeLambda["invoked"] = [];
  const faults = createFaults<LambdaFault>();

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "")?.[1];
    if (name === undefined || request.headers["x-amz-invocation-type"] !== "Event")
      throw new Error(`expected an asynchronous Invoke, got ${request.method} ${request.url}`);
    const fault = request.headers.authorization ? faults.take(() => true)?.answer : "AccessDeniedException";
    if (fault !== undefined) sendError(response, fault);
    else if (body.length > MAX_ASYNC_BYTES) sendError(response, "RequestTooLargeException");
    else {
      invoked.push({ name: decodeURIComponent(name), event: JSON.parse(String(body)) });
      response.writeHead(202).end();
    }
  }

  const service = await startFakeService<LambdaClient, LambdaClientConfig>(
    answer,
    (config) => new LambdaClient(config),
  );
  return { ...service, invoked, fail: faults.add };
}

function sendError(response: ServerResponse, code: keyof typeof ERRORS): void {
  const { status, message } = ERRORS[code];
  response.setHeader("x-amzn-errortype", code);
  response
    .writeHead(status, { "content-type": "application/json" })
    .end(JSON.stringify({ Type: "User", Message: message }));
}
