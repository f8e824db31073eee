import type { IncomingMessage, ServerResponse } from "node:http";
import { KMSClient, type KMSClientConfig } from "@aws-sdk/client-kms";
import { createFaults, type FakeService, startFakeService } from "./fake-server.ts";

/** How the next calls go wrong. */
interface KmsFault {
  readonly answer: keyof typeof ERRORS;
  /** 1 unless told. */
  readonly times?: number;
}

const ERRORS = {
  AccessDeniedException: { status: 400, message: "The ciphertext refers to a key that you may not use." },
  InvalidCiphertextException: { status: 400, message: "" },
  DisabledException: { status: 400, message: "The key is disabled." },
  ThrottlingException: { status: 400, message: "Rate exceeded" },
  KMSInternalException: { status: 500, message: "Internal failure" },
} as const;

type Context = Readonly<Record<string, string>>;

export interface FakeKms extends FakeService<KMSClient, KMSClientConfig> {
  /** What was asked, in order: `Decrypt`. */
  readonly requests: string[];
  /** Wraps a data key, as GenerateDataKey does for SES. */
  wrap(dataKey: Uint8Array, context: Context): Buffer;
  fail(fault: KmsFault): void;
}

/** As much of KMS as decrypting mails uses, over its real wire format (AWS JSON 1.1). */
export async function startFakeKms(): Promise<FakeKms> {
  const requests: string[] = [];
  const faults = createFaults<KmsFault>();

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const operation = String(request.headers["x-amz-target"]).replace("TrentService.", "");
    if (operation !== "Decrypt") throw new Error(`expected Decrypt, got ${operation}`);
    requests.push(operation);
    const fault = request.headers.authorization ? faults.take(() => true)?.answer : "AccessDeniedException";
    const { CiphertextBlob, EncryptionContext = {} } = JSON.parse(String(body));
    const dataKey = unwrap(Buffer.from(CiphertextBlob, "base64"), EncryptionContext);
    if (fault !== undefined) sendError(response, fault);
    else if (dataKey === undefined) sendError(response, "InvalidCiphertextException");
    else sendJson(response, 200, { KeyId: "arn:aws:kms:eu-west-1:123456789012:key/1", Plaintext: dataKey });
  }

  const service = await startFakeService<KMSClient, KMSClientConfig>(answer, (config) => new KMSClient(config));
  return {
    ...service,
    requests,
    wrap: (dataKey, context) => Buffer.from(JSON.stringify([sorted(context), Buffer.from(dataKey).toString("base64")])),
    fail: faults.add,
  };
}

/** The data key in Base64; nothing when it was wrapped with another context, or is none of ours. */
function unwrap(wrapped: Buffer, context: Context): string | undefined {
  try {
    const [boundTo, dataKey] = JSON.parse(String(wrapped));
    return JSON.stringify(boundTo) === JSON.stringify(sorted(context)) ? dataKey : undefined;
  } catch {
    return undefined;
  }
}

function sorted(context: Context): [string, string][] {
  return Object.entries(context).sort(([a], [b]) => (a < b ? -1 : 1));
}

function sendError(response: ServerResponse, code: keyof typeof ERRORS): void {
  const { status, message } = ERRORS[code];
  sendJson(response, status, { __type: code, message });
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(value));
}
