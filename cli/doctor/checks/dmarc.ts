import { namesAbove } from "../../../shared/dns/domain-name.ts";
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
  return [domain, ...namesAbove(domain).slice(0, -1)];
}

export function isDmarc(text: string): boolean {
  return /^v=DMARC1 *(?:;|$)/i.test(text);
}

/** @param records in the order of `dmarcDomains` */
export function checkDmarc(domain: string, policy: string, records: readonly DmarcRecords[]): readonly Found[] {
  const policies = records.map(({ domain: at, txt }) => ({
    at,
    texts: txt.filter(isDmarc),
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
  const wanted = policyOf(text, at === domain ? "own" : "inherited");
  if (wanted === undefined)
    return [
      warning(
        `the DMARC record at _dmarc.${at} has no policy: ${text}`,
        "It needs p=none, p=quarantine or p=reject; without, it counts for nothing, or asks for nothing.",
        zoneLine(dmarcRecord(at, policy)),
      ),
    ];
  if (wanted === "none")
    return [
      info(
        `the DMARC policy at _dmarc.${at} asks for nothing: ${text}`,
        "Mail that pretends to be yours is let through.",
      ),
    ];
  return [ok(`DMARC: ${text}${at === domain ? "" : ` (at _dmarc.${at})`}`)];
}

/** What a record asks for; of subdomains it may ask for something else (RFC 7489, section 6.3). `undefined`: nothing that is a policy. */
function policyOf(text: string, way: "own" | "inherited"): string | undefined {
  const tags = new Map(
    text.split(";").map((tag) => {
      const [name = "", value = ""] = tag.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().toLowerCase()];
    }),
  );
  const own = tags.get("p");
  const asked = way === "own" ? own : (tags.get("sp") ?? own);
  return [own, asked].every((each) => each !== undefined && POLICIES.has(each)) ? asked : undefined;
}

const POLICIES = new Set(["none", "quarantine", "reject"]);
