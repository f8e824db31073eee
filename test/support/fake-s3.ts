import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { S3Client, type S3ClientConfig } from "@aws-sdk/client-s3";
import { crc32Base64, uploadedBytes } from "./aws-chunked.ts";
import { createFaults, type FakeService, startFakeService, xmlText } from "./fake-server.ts";
import { type StoredVersion, versionsXml } from "./s3-versions.ts";

type S3Operation = "GetObject" | "PutObject" | "DeleteObject" | "ListObjectsV2" | "ListObjectVersions";

/** How the next requests of an operation go wrong. `cut`: half of the body is sent, then the connection is closed; `stall`: then nothing more comes; `silence`: nothing ever does. */
interface S3Fault {
  readonly operation: S3Operation;
  readonly answer: keyof typeof ERRORS | "cut" | "cutWithoutChecksum" | "stall" | "silence";
  /** 1 unless told. */
  readonly times?: number;
}

const ERRORS = {
  NoSuchKey: { status: 404, message: "The specified key does not exist." },
  AccessDenied: { status: 403, message: "Access Denied" },
  InvalidAccessKeyId: { status: 403, message: "The key id that you gave does not exist in our records." },
  InvalidObjectState: { status: 403, message: "The operation is not valid for the object's storage class" },
  "KMS.DisabledException": { status: 400, message: "The key is disabled." },
  "KMS.KMSInvalidStateException": { status: 400, message: "The key is pending deletion." },
  "KMS.NotFoundException": { status: 400, message: "The key does not exist." },
  "KMS.ThrottlingException": { status: 400, message: "You have exceeded the rate at which you may call KMS." },
  "KMS.KMSInternalException": { status: 500, message: "An internal error occurred." },
  PreconditionFailed: { status: 412, message: "At least one of the pre-conditions you specified did not hold." },
  ConditionalRequestConflict: { status: 409, message: "A conflicting conditional operation is in progress." },
  SlowDown: { status: 503, message: "Please reduce your request rate." },
  InternalError: { status: 500, message: "We encountered an internal error. Please try again." },
} as const;

export interface FakeS3 extends FakeService<S3Client, S3ClientConfig> {
  /** Under `bucket/key`. */
  readonly objects: Map<string, Buffer>;
  /** User metadata of objects, under `bucket/key`, without `x-amz-meta-`. */
  readonly metadata: Map<string, Readonly<Record<string, string>>>;
  /** When objects were stored, under `bucket/key`; those that a test does not say it of were at 2026-11-24T08:00:00Z. */
  readonly storedAt: Map<string, string>;
  /** What lies under or beside the current objects of a bucket with versions; newest first; the current one has the version `null`. */
  readonly versions: StoredVersion[];
  /** What was asked, in order: `GetObject bucket/key`. */
  readonly requests: string[];
  /** Keys, or versions, in one page of a listing. */
  pageSize: number;
  /** Is called with each request, before anything is done. */
  beforeAnswer: (request: string) => void;
  fail(fault: S3Fault): void;
}

/** As much of S3 as a mail store uses, over its real wire format. A bucket exists as soon as it is named. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const metadata: FakeS3["metadata"] = new Map();
  const storedAt: FakeS3["storedAt"] = new Map();
  const versions: FakeS3["versions"] = [];
  const requests: string[] = [];
  const faults = createFaults<S3Fault>();

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://s3");
    const path = decodeURIComponent(url.pathname.slice(1));
    const operation = operationOf(request.method, url);
    requests.push(`${operation} ${path}`);
    fake.beforeAnswer(`${operation} ${path}`);
    const fault = request.headers.authorization
      ? faults.take((prepared) => prepared.operation === operation)?.answer
      : "AccessDenied";
    if (fault === "silence") return;
    if (fault && fault in ERRORS) sendError(response, fault as keyof typeof ERRORS);
    else if (operation === "ListObjectsV2") sendPage(response, path, url.searchParams);
    else if (operation === "ListObjectVersions")
      sendXml(response, 200, versionsXml(path, allVersions(), url.searchParams, fake.pageSize));
    else if (operation === "DeleteObject") remove(response, path, url.searchParams.get("versionId"));
    else if (isKnown(request, objects.get(path))) response.writeHead(304).end();
    else if (operation === "GetObject")
      sendObject(response, contentOf(path, url.searchParams.get("versionId")), metadata.get(path) ?? {}, fault);
    else if (isAnother(request, objects.get(path))) sendError(response, "PreconditionFailed");
    else store(response, path, uploadedBytes(body, request.headers));
  }

  function contentOf(path: string, versionId: string | null): Buffer | undefined {
    if (versionId === null) return objects.get(path);
    return versions.find(({ name, id }) => name === path && id === versionId)?.content;
  }

  function allVersions(): StoredVersion[] {
    return [...[...objects.keys()].map((name) => ({ name, id: "null" })), ...versions];
  }

  function remove(response: ServerResponse, path: string, id: string | null): void {
    if (id === "null") objects.delete(path);
    const at = versions.findIndex((version) => version.name === path && version.id === id);
    if (at >= 0) versions.splice(at, 1);
    response.writeHead(204).end();
  }

  function store(response: ServerResponse, path: string, bytes: Buffer): void {
    objects.set(path, bytes);
    response.writeHead(200, { etag: eTagOf(bytes) }).end();
  }

  function sendPage(response: ServerResponse, path: string, query: URLSearchParams): void {
    const bucket = path.replace(/\/$/, "");
    const start = `${bucket}/${query.get("prefix") ?? ""}`;
    const after = query.get("continuation-token") ?? "";
    const keys = [...objects.keys()]
      .filter((name) => name.startsWith(start))
      .map((name) => name.slice(bucket.length + 1))
      .sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
      .filter((key) => after === "" || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0);
    const page = keys.slice(0, fake.pageSize);
    const token =
      page.length < keys.length ? `<NextContinuationToken>${xmlText(page.at(-1) ?? "")}</NextContinuationToken>` : "";
    const contents = page.map((key) => {
      const time = storedAt.get(`${bucket}/${key}`) ?? "2026-11-24T08:00:00Z";
      return `<Contents><Key>${xmlText(key)}</Key><LastModified>${time}</LastModified><Size>1</Size></Contents>`;
    });
    sendXml(
      response,
      200,
      `<ListBucketResult><Name>${bucket}</Name><KeyCount>${page.length}</KeyCount><IsTruncated>${token !== ""}</IsTruncated>${token}${contents.join("")}</ListBucketResult>`,
    );
  }

  const service = await startFakeService<S3Client, S3ClientConfig>(
    answer,
    (config) => new S3Client({ forcePathStyle: true, ...config }),
  );
  const fake: FakeS3 = {
    ...service,
    objects,
    metadata,
    storedAt,
    versions,
    requests,
    pageSize: 1000,
    beforeAnswer: () => {},
    fail: faults.add,
  };
  return fake;
}

function operationOf(method: string | undefined, url: URL): S3Operation {
  if (method === "PUT") return "PutObject";
  if (method === "DELETE") return "DeleteObject";
  if (url.searchParams.has("versions")) return "ListObjectVersions";
  return url.searchParams.has("list-type") ? "ListObjectsV2" : "GetObject";
}

function sendObject(
  response: ServerResponse,
  object: Buffer | undefined,
  metadata: Readonly<Record<string, string>>,
  fault: S3Fault["answer"] | undefined,
): void {
  if (!object) {
    sendError(response, "NoSuchKey");
    return;
  }
  const checksum = { "x-amz-checksum-crc32": crc32Base64(object), "x-amz-checksum-type": "FULL_OBJECT" };
  response.writeHead(200, {
    "content-length": object.length,
    etag: eTagOf(object),
    ...Object.fromEntries(Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, value])),
    ...(fault !== "cutWithoutChecksum" && checksum),
  });
  if (!fault) response.end(object);
  else response.write(object.subarray(0, object.length >> 1), () => fault === "stall" || response.socket?.destroy());
}

/** As S3 makes it of what is put in one piece and encrypted with its own keys. */
export function eTagOf(object: Buffer): string {
  return `"${createHash("md5").update(object).digest("hex")}"`;
}

/** A reading on the condition that there is something else by now. */
function isKnown({ method, headers }: IncomingMessage, object: Buffer | undefined): boolean {
  return method === "GET" && object !== undefined && headers["if-none-match"] === eTagOf(object);
}

/** A writing on the condition that there is still nothing, or what was read. What is gone is NoSuchKey to S3, which a test asks for. */
function isAnother({ headers }: IncomingMessage, object: Buffer | undefined): boolean {
  if (headers["if-none-match"] === "*") return object !== undefined;
  return headers["if-match"] !== undefined && headers["if-match"] !== (object && eTagOf(object));
}

function sendError(response: ServerResponse, code: keyof typeof ERRORS): void {
  const { status, message } = ERRORS[code];
  sendXml(response, status, `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>r</RequestId></Error>`);
}

function sendXml(response: ServerResponse, status: number, xml: string): void {
  response.writeHead(status, { "content-type": "application/xml" }).end(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
}
