import { zoneLine } from "../../dns/record-line.ts";
import { inboundEndpoint, mxRecord } from "../../dns/records.ts";
import { error, type Found, info, ok, warning } from "../finding.ts";

const ENDPOINT = /^inbound-smtp\.([a-z0-9-]+)\.amazonaws\.com$/;

/** @param values as `10 mail.example.com`; the server with the lowest number gets the mail while it answers */
export function checkMx(domain: string, region: string, values: readonly string[]): readonly Found[] {
  const wanted = zoneLine(mxRecord(domain, region));
  const servers = values.map(readMx).toSorted((one, other) => one.preference - other.preference);
  const first = servers.filter(({ preference }) => preference === servers[0]?.preference);
  const ours = servers.find(({ host }) => host === inboundEndpoint(region));
  const others = servers.filter((server) => server !== ours);
  if (servers.length === 0)
    return [
      error(`${domain} has no MX record`, "Mail servers do not know where to bring its mail: none comes.", wanted),
    ];
  if (ours === undefined) return [error(...elsewhere(domain, region, servers), wanted)];
  if (!first.includes(ours))
    return [
      error(
        `an MX record of ${domain} stands before that of SES: ${shown(first)}`,
        "Mail goes there, and to SES only while nothing answers there.",
        wanted,
      ),
    ];
  if (others.length > 0)
    return [
      warning(
        `${domain} has other MX records beside that of SES: ${shown(others)}`,
        "Mail that goes there never comes to Mailroom; who sends spam likes such servers best.",
        wanted,
      ),
    ];
  return [ok(`mail for ${domain} comes to SES in ${region}`)];
}

export function noteSubdomains(parent: string): readonly Found[] {
  return [
    info(
      `the MX records of subdomains of ${parent} are not looked at`,
      "Nobody can list them. Each that is to get mail needs that of SES.",
    ),
  ];
}

function elsewhere(domain: string, region: string, servers: readonly Server[]): readonly [what: string, why: string] {
  const other = servers.map(({ host }) => ENDPOINT.exec(host)?.[1]).find((found) => found !== undefined);
  if (other !== undefined)
    return [
      `mail for ${domain} comes to SES in ${other}, and the deployment is in ${region}`,
      "SES looks for receipt rules only in the region that a mail comes to.",
    ];
  return [`mail for ${domain} goes to ${shown(servers)}`, "It does not come to SES, so Mailroom never sees it."];
}

interface Server {
  readonly preference: number;
  readonly host: string;
}

function readMx(value: string): Server {
  const [preference = "", host = ""] = value.split(" ");
  return { preference: Number(preference), host };
}

function shown(servers: readonly Server[]): string {
  return servers.map(({ preference, host }) => `${preference} ${host || "."}`).join(", ");
}
