import { createServer, request as forward, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type AwsCall, listing, readAwsCall } from "./aws-call.ts";
import { allows, type Grant } from "./grants.ts";

/** Stands before the fakes of all services, and lets through what the caller's role grants. */
export interface Gateway {
  readonly endpoint: string;
  /** What was let through, each as the caller and the grant that allowed it. */
  readonly used: ReadonlySet<Grant>;
  /** What was refused. */
  readonly refused: readonly AwsCall[];
  /** Called after a call has been answered by the fake, and before the caller sees that. */
  onAnswered?: (call: AwsCall) => Promise<void>;
  close(): Promise<void>;
}

export interface Behind {
  readonly account: string;
  /** Endpoints of the fakes, by the name that is in the signature. */
  readonly services: Readonly<Record<string, string>>;
  /** ARNs of the keys that S3 encrypts buckets with; it uses them in the caller's name. By the names of the buckets. */
  readonly keys: ReadonlyMap<string, string>;
  /** By access key id. */
  readonly grants: ReadonlyMap<string, readonly Grant[]>;
}

export async function startGateway({ account, services, keys, grants }: Behind): Promise<Gateway> {
  const used = new Set<Grant>();
  const refused: AwsCall[] = [];

  function permit(call: AwsCall): boolean {
    const granting = grants.get(call.caller)?.find((grant) => allows(grant, call));
    if (granting !== undefined) used.add(granting);
    return granting !== undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const call = readAwsCall(request, body, account);
    const service = call.action.split(":")[0] ?? "";
    const refusal = [call, ...decrypting(call, keys)].find((asked) => !permit(asked));
    if (refusal !== undefined) {
      refused.push(refusal);
      return deny(service, response);
    }
    const answered = await send(request, body, services[service] ?? "");
    const isMissing = call.action === "s3:GetObject" && answered.status === 404;
    if (isMissing && !permit(listing(call))) return deny(service, response);
    await gateway.onAnswered?.(call);
    response.writeHead(answered.status, answered.headers).end(answered.body);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gateway: Gateway = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    used,
    refused,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
  return gateway;
}

/** What S3 asks KMS for whoever reads an object under a key. */
function decrypting({ caller, action, resource }: AwsCall, keys: Behind["keys"]): AwsCall[] {
  const key = keys.get(resource.replace("arn:aws:s3:::", "").split("/")[0] ?? "");
  return action.startsWith("s3:GetObject") && key !== undefined
    ? [{ caller, action: "kms:Decrypt", resource: key, context: {} }]
    : [];
}

/** Each service says so in its own form. */
function deny(service: string, response: ServerResponse): void {
  const json = JSON.stringify({ __type: "AccessDeniedException", message: "not authorized" });
  const query = "<ErrorResponse><Error><Code>AuthorizationError</Code></Error></ErrorResponse>";
  const s3 = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>";
  if (service === "s3") response.writeHead(403, { "content-type": "application/xml" }).end(s3);
  else if (service === "sns") response.writeHead(403, { "content-type": "text/xml" }).end(query);
  else response.writeHead(400, { "content-type": "application/x-amz-json-1.0" }).end(json);
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
}

async function send(request: IncomingMessage, body: Buffer, endpoint: string): Promise<Answered> {
  const { method, url, headers } = request;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    forward(new URL(url ?? "/", endpoint), { method, headers }, resolve)
      .on("error", reject)
      .end(body);
  });
  return { status: response.statusCode ?? 500, headers: response.headers, body: await buffer(response) };
}
