import type { IncomingMessage, ServerResponse } from "node:http";
import { startFakeServer, xmlText } from "./fake-server.ts";

/** What a call is answered with: fields of the answer, or a refusal. */
export type Answer = Readonly<Record<string, unknown>> | Refusal;

/** Answers by the call's name (`GetBucketPolicy`). They are told what the call is about: a bucket, a function, a topic, an identity. */
export type Answers = Record<string, (about: string) => Answer>;

/** An error of AWS. */
export class Refusal {
  readonly code: string;
  readonly message: string;

  constructor(code: string, message = `${code} of the fake`) {
    this.code = code;
    this.message = message;
  }
}

export const DENIED = new Refusal("AccessDeniedException", "not authorized to perform this action");

/** An account: SES (both APIs), S3, SNS, SQS and Lambda over their real wire formats. It answers what `answers` says, and nothing else. */
export async function startFakeAccount(answers: Answers) {
  const asked: string[] = [];
  const server = await startFakeServer((request, body, response) => {
    const call = readCall(request, body);
    asked.push(call.name);
    const answer = answers[call.name];
    if (answer === undefined) throw new Error(`unknown request ${call.name} ${request.method} ${request.url}`);
    send(response, call, answer(call.about));
  });
  const services = ["SES", "SESV2", "S3", "SNS", "SQS", "LAMBDA"];
  const env = Object.fromEntries(services.map((service) => [`AWS_ENDPOINT_URL_${service}`, server.endpoint]));
  return { ...server, env, answers, asked };
}

interface Call {
  readonly name: string;
  readonly about: string;
  readonly wire: "query" | "json" | "text";
}

/** Calls that are known by their path alone. */
const PATHS: readonly (readonly [RegExp, name: string, wire: "json" | "text"])[] = [
  [/^\/v2\/email\/account$/, "GetAccount", "json"],
  [/^\/v2\/email\/identities\/([^/]+)$/, "GetEmailIdentity", "json"],
  [/^\/v2\/email\/configuration-sets\/([^/]+)\/event-destinations$/, "GetConfigurationSetEventDestinations", "json"],
  [/^\/2015-03-31\/functions\/([^/]+)\/policy$/, "GetPolicy", "json"],
  [/^\/2015-03-31\/functions\/([^/]+)\/configuration$/, "GetFunctionConfiguration", "json"],
  [/^\/2015-03-31\/event-source-mappings\/?\?.*FunctionName=([^&]+)/, "ListEventSourceMappings", "json"],
  [/^\/([^/?]+)\/?\?policy=?$/, "GetBucketPolicy", "text"],
];

const ABOUT = ["TopicArn", "RuleSetName", "Identities.member.1"];

function readCall(request: IncomingMessage, body: Buffer): Call {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") {
    const { QueueUrl = "" } = JSON.parse(String(body)) as { QueueUrl?: string };
    return { name: target.split(".").at(-1) ?? "", about: QueueUrl, wire: "json" };
  }
  const form = new URLSearchParams(String(body));
  const action = form.get("Action");
  if (action !== null)
    return {
      name: action,
      about: ABOUT.map((field) => form.get(field)).find((value) => value !== null) ?? "",
      wire: "query",
    };
  const url = decodeURIComponent(request.url ?? "");
  for (const [path, name, wire] of PATHS) {
    const found = path.exec(url);
    if (found !== null) return { name, about: found[1] ?? "", wire };
  }
  throw new Error(`unknown request ${request.method} ${url}`);
}

function send(response: ServerResponse, { name, wire }: Call, answer: Answer): void {
  if (answer instanceof Refusal) refuse(response, wire, answer);
  else if (wire === "query") {
    const result = `<${name}Response><${name}Result>${xml(answer)}</${name}Result></${name}Response>`;
    response.writeHead(200, { "content-type": "text/xml" }).end(result);
  } else {
    const text = wire === "text" ? String(answer["Policy"]) : JSON.stringify(answer);
    response.writeHead(200, { "content-type": "application/json" }).end(text);
  }
}

function refuse(response: ServerResponse, wire: Call["wire"], { code, message }: Refusal): void {
  const status = code.startsWith("AccessDenied") ? 403 : 404;
  const error = `<Error><Type>Sender</Type><Code>${xmlText(code)}</Code><Message>${xmlText(message)}</Message></Error>`;
  if (wire === "json")
    response.writeHead(status, { "x-amzn-errortype": code }).end(JSON.stringify({ __type: code, message }));
  else response.writeHead(status).end(wire === "query" ? `<ErrorResponse>${error}</ErrorResponse>` : error);
}

/** As the query protocol has it: a list's items are members, a map's are entries. */
function xml(value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join("");
  if (value instanceof Map)
    return [...value]
      .map(([key, item]) => `<entry><key>${xmlText(key)}</key><value>${xml(item)}</value></entry>`)
      .join("");
  if (typeof value !== "object" || value === null) return xmlText(String(value));
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => `<${name}>${xml(item)}</${name}>`)
    .join("");
}
