import type { IncomingMessage, ServerResponse } from "node:http";
import { SESv2Client, type SESv2ClientConfig } from "@aws-sdk/client-sesv2";
import type { AccountReason } from "../../shared/ports.ts";
import { createFaults, type FakeService, startFakeService } from "./fake-server.ts";

type SesOperation = "List" | "Put" | "Delete";

interface SesFault {
  readonly operation: SesOperation;
  readonly answer: keyof typeof ERRORS;
  /** Only for this address. */
  readonly address?: string;
  /** 1 unless told. */
  readonly times?: number;
}

const ERRORS = {
  BadRequestException: { status: 400, message: "The account is in the sandbox." },
  NotFoundException: { status: 404, message: "Email address does not exist on your suppression list." },
  InvalidNextTokenException: { status: 400, message: "The token is not valid." },
  TooManyRequestsException: { status: 429, message: "Rate exceeded" },
  AccessDeniedException: { status: 403, message: "not authorized to perform this action" },
} as const;

interface Entry {
  readonly reason: AccountReason;
  /** Seconds. */
  readonly updatedAt: number;
}

export interface FakeSesV2 extends FakeService<SESv2Client, SESv2ClientConfig> {
  /** The account suppression list, by its own spellings: it tells addresses apart by their case (SES fact 3.3). */
  readonly entries: Map<string, Entry>;
  /** What was asked, in order: `Put Jane@partner.example COMPLAINT`. */
  readonly requests: string[];
  /** Entries in one page, however many are asked for. */
  pageSize: number;
  /** When entries are put that are put from now on. */
  now: number;
  fail(fault: SesFault): void;
}

const LIST = "/v2/email/suppression/addresses";

/** The account suppression list of SES over its real wire format (SES fact 3.2). */
export async function startFakeSesV2(): Promise<FakeSesV2> {
  const entries = new Map<string, Entry>();
  const requests: string[] = [];
  const faults = createFaults<SesFault>();

  function answer(request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const url = new URL(request.url ?? "/", "http://ses");
    const asked = readRequest(request.method, url, body);
    requests.push([asked.operation, asked.address, asked.reason].filter((part) => part !== undefined).join(" "));
    const fault = request.headers.authorization
      ? faults.take(
          ({ operation, address = asked.address }) => operation === asked.operation && address === asked.address,
        )?.answer
      : "AccessDeniedException";
    if (fault !== undefined) sendError(response, fault);
    else if (asked.operation === "List") sendPage(response, url.searchParams);
    else change(response, asked);
  }

  function change(response: ServerResponse, { operation, address = "", reason = "BOUNCE" }: Asked): void {
    const isThere =
      operation === "Put" ? entries.set(address, { reason, updatedAt: fake.now }) : entries.delete(address);
    if (isThere) send(response, 200, {});
    else sendError(response, "NotFoundException");
  }

  function sendPage(response: ServerResponse, query: URLSearchParams): void {
    const names = [...entries.keys()].sort();
    const token = query.get("NextToken");
    const start = token === null ? 0 : names.indexOf(token);
    if (start < 0) {
      sendError(response, "InvalidNextTokenException");
      return;
    }
    const end = start + fake.pageSize;
    send(response, 200, {
      SuppressedDestinationSummaries: names.slice(start, end).map((name) => ({
        EmailAddress: name,
        Reason: entries.get(name)?.reason,
        LastUpdateTime: entries.get(name)?.updatedAt,
      })),
      ...(end < names.length && { NextToken: names[end] }),
    });
  }

  const service = await startFakeService<SESv2Client, SESv2ClientConfig>(answer, (config) => new SESv2Client(config));
  const fake: FakeSesV2 = {
    ...service,
    entries,
    requests,
    pageSize: 1000,
    now: Date.parse("2026-11-24T08:00:00Z") / 1000,
    fail: faults.add,
  };
  return fake;
}

interface Asked {
  readonly operation: SesOperation;
  readonly address?: string;
  readonly reason?: AccountReason;
}

function readRequest(method: string | undefined, url: URL, body: Buffer): Asked {
  if (method === "GET" && url.pathname === LIST) return { operation: "List" };
  if (method === "DELETE" && url.pathname.startsWith(`${LIST}/`))
    return { operation: "Delete", address: decodeURIComponent(url.pathname.slice(LIST.length + 1)) };
  if (method !== "PUT" || url.pathname !== LIST) throw new Error(`unknown request ${method} ${url.pathname}`);
  const { EmailAddress, Reason } = JSON.parse(String(body)) as { EmailAddress: string; Reason: AccountReason };
  return { operation: "Put", address: EmailAddress, reason: Reason };
}

function sendError(response: ServerResponse, code: keyof typeof ERRORS): void {
  const { status, message } = ERRORS[code];
  response.setHeader("x-amzn-errortype", code);
  send(response, status, { message });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
