import { zoneLine } from "../../dns/record-line.ts";
import { dmarcRecord } from "../../dns/records.ts";
import { error, type Found, info, ok, warning } from "../finding.ts";

/** What DNS says at `_dmarc.` of a domain. */
export interface DmarcRecords {
  readonly domain: string;
  readonly txt: readonly string[];
}

/** Where a policy for a domain may stand: its own name first, then those above it, because receivers look there too (RFC 7489, section 6.6.3). */
export function dmarcDomains(domain: string): readonly string[] {
  const labels = domain.split(".");
  return labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join("."));
}

/** @param records in the order of `dmarcDomains` */
export function checkDmarc(domain: string, policy: string, records: readonly DmarcRecords[]): readonly Found[] {
  const policies = records.map(({ domain: at, txt }) => ({
    at,
    texts: txt.filter((text) => /^v=DMARC1 *(?:;|$)/i.test(text)),
  }));
  const inForce = policies.find(({ texts }) => texts.length > 0);
  if (inForce === undefined)
    return [
      warning(
        `${domain} has no DMARC record`,
        "Everybody may send in its name unnoticed, and large providers take less mail from it.",
        zoneLine(dmarcRecord(domain, policy)),
      ),
    ];
  const { at, texts } = inForce;
  if (texts.length > 1)
    return [error(`_dmarc.${at} has ${texts.length} DMARC records`, "With more than one, none counts (RFC 7489).")];
  const [text = ""] = texts;
  if (/; *(?:p|sp) *= *none *(?:;|$)/i.test(text))
    return [
      info(
        `the DMARC policy at _dmarc.${at} asks for nothing: ${text}`,
        "Mail that pretends to be yours is let through.",
      ),
    ];
  return [ok(`DMARC: ${text}${at === domain ? "" : ` (at _dmarc.${at})`}`)];
}
