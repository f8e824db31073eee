import type { IncomingMessage } from "node:http";

/** One call of AWS, as IAM sees it. */
export interface AwsCall {
  /** The access key id that signed it; the tests give each function's role its own. */
  readonly caller: string;
  /** In the form `s3:GetObject`. */
  readonly action: string;
  /** ARN; `*` where the call does not say (KMS finds the key in the ciphertext). */
  readonly resource: string;
  /** What conditions may ask about, in the form `s3:prefix`. */
  readonly context: Readonly<Record<string, string>>;
}

interface Signed {
  readonly caller: string;
  readonly region: string;
  readonly service: string;
}

/**
 * Reads what a signed request asks for, out of what is on the wire: nothing of the code that made it.
 *
 * @param account that all ARNs are of
 * @throws for a call that no function of ours makes
 */
export function readAwsCall(request: IncomingMessage, body: Buffer, account: string): AwsCall {
  const { caller, region, service } = signatureOf(request);
  const target = String(request.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
  const arn = (name: string) => `arn:aws:${service}:${region}:${account}:${name}`;
  const call = (action: string, resource: string) => ({
    caller,
    action: `${service}:${action}`,
    resource,
    context: {},
  });
  if (service === "dynamodb") {
    const { TableName, IndexName } = JSON.parse(String(body));
    return call(target, arn(IndexName === undefined ? `table/${TableName}` : `table/${TableName}/index/${IndexName}`));
  }
  if (service === "kms") return call(target, "*");
  const form = new URLSearchParams(String(body));
  // The batch form needs no right of its own.
  if (service === "sns") return call(String(form.get("Action")).replace("Batch", ""), form.get("TopicArn") ?? "");
  const url = new URL(request.url ?? "/", "http://s3");
  const path = decodeURIComponent(url.pathname.slice(1)).replace(/\/$/, "");
  const { searchParams: asked } = url;
  if (service === "s3" && asked.has("versions"))
    return {
      ...call("ListBucketVersions", `arn:aws:s3:::${path}`),
      context: { "s3:prefix": asked.get("prefix") ?? "" },
    };
  if (service === "s3" && path.includes("/"))
    return call(s3Action(request.method ?? "", asked.has("versionId")), `arn:aws:s3:::${path}`);
  throw new Error(
    `expected a call of DynamoDB, KMS, SNS, or of an object or the versions in S3, got ${service} ${path}`,
  );
}

function s3Action(method: string, isOfVersion: boolean): string {
  const action = { GET: "GetObject", PUT: "PutObject", DELETE: "DeleteObject" }[method] ?? "?";
  return isOfVersion ? `${action}Version` : action;
}

/** Of `AWS4-HMAC-SHA256 Credential=KEY/20261124/eu-west-1/s3/aws4_request, …` */
function signatureOf({ headers }: IncomingMessage): Signed {
  const [, caller = "", region = "", service = ""] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? "") ?? [];
  if (service === "") throw new Error(`expected a signed request, got ${headers.authorization}`);
  return { caller, region, service };
}

/** What S3 asks besides when an object is not there: whether the caller may know that (SES fact 6.5). */
export function listing({ caller, resource }: AwsCall): AwsCall {
  const [bucket = "", ...key] = resource.replace("arn:aws:s3:::", "").split("/");
  return {
    caller,
    action: "s3:ListBucket",
    resource: `arn:aws:s3:::${bucket}`,
    context: { "s3:prefix": key.join("/") },
  };
}
