import { getSystemErrorMessage } from "node:util";

/** What the AWS SDK says, and what a person can do about it. */
const OF_THE_SDK: readonly { readonly said: RegExp; readonly told: string }[] = [
  {
    said: /^Region is missing$/,
    told: "no AWS region is named: say --region, or set AWS_REGION",
  },
  {
    said: /^Could not load credentials from any providers$|^Could not resolve credentials/,
    told: "no AWS credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run aws sso login",
  },
  {
    said: /Deserialization error: to see the raw response/,
    told: "what answered is not AWS: is there a proxy, or AWS_ENDPOINT_URL set?",
  },
];

/** Why something failed, in words for a person: the system's own where it was the system that refused, never a stack. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Also what Node throws when no address of a host answers, with no message of its own.
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join("; ");
  const known = OF_THE_SDK.find(({ said }) => said.test(error.message));
  if (known !== undefined) return known.told;
  const { errno, hostname, address, port } = error as NodeJS.ErrnoException & Partial<Peer>;
  const refused = typeof errno === "number" && errno < 0 ? getSystemErrorMessage(errno) : undefined;
  if (refused === undefined) return error.message;
  const peer = hostname ?? (address === undefined ? undefined : `${address}:${port}`);
  return peer === undefined ? refused : `cannot reach ${peer}: ${refused}`;
}

/** Whom a connection was for, where the system says it. */
interface Peer {
  readonly hostname: string;
  readonly address: string;
  readonly port: number;
}
