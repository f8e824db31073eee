import { createHash } from "node:crypto";
import type { Alert } from "../../shared/alerts/alert.ts";
import type { Evaluation } from "../../shared/inbound/decide.ts";
import { type CompiledRules, compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { evaluateAnnounced } from "../support/evaluate-announced.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";
import { BROKEN_LINKS, PROVEN, type SentMail } from "./links.ts";

// A network of desks that all alert on everything, and whose alerts, those to the operator too, go by mail to other desks and to themselves.

export const LINKS = { ...PROVEN, ...BROKEN_LINKS };

/** A subscription: what the desk `from` publishes arrives at the desk `to`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** One of `LINKS`. */
  readonly link: string;
}

/** A mail that arrived somewhere, and what the desk made of it. */
export interface Arrived {
  readonly desk: number;
  /** How many alerts led to it; 0 for the mail from outside. */
  readonly depth: number;
  readonly evaluation: Evaluation;
}

const OUTSIDE: SentMail = {
  raw: "From: Ana <ana@client.example>\r\nSubject: Service outage\r\n\r\nThe pumps stand still.\r\n",
  verdicts: ALL_PASS,
};

/** Far more than any network of four desks may need: one that reaches it does not end. */
const MAX_MAILS = 5000;

/** Makes a desk whose one rule matches every mail. `policy` is what it holds back by verdict. */
export function anythingRules(policy = ""): CompiledRules {
  const rule = "{ name: anything, when: { size: { over: 0 } }, alert: { topic: oncall, severity: error } }";
  return compileRules(readRules(`${policy}\nrules:\n  - ${rule}\n`, "rules.yml"));
}

/**
 * Runs mails through networks. What a desk makes of a mail follows from the way that the mail took, so every way is read once,
 * whatever networks have it.
 */
export function createNetwork(rules: CompiledRules = anythingRules()) {
  const known = new Map<string, Promise<Evaluation>>();

  function receive(way: string, { raw, verdicts }: SentMail): Promise<Evaluation> {
    const before = known.get(way);
    if (before !== undefined) return before;
    const sesMessageId = createHash("sha256").update(way).digest("hex").slice(0, 40);
    const receipt = receiptOf({ sesMessageId, storageKey: `raw/${sesMessageId}`, verdicts });
    const evaluation = evaluateAnnounced({ raw: Buffer.from(raw), receipt }, rules);
    known.set(way, evaluation);
    return evaluation;
  }

  /** Sends one mail to some desks; gives every mail that arrives anywhere, until no more do. */
  return async (edges: readonly Edge[], desks: readonly number[], sent: SentMail = OUTSIDE): Promise<Arrived[]> => {
    const arrived: Arrived[] = [];
    const due: {
      readonly way: string;
      readonly desk: number;
      readonly depth: number;
      readonly mail: () => SentMail;
    }[] = desks.map((desk) => ({ way: `${sent.raw}>${desk}`, desk, depth: 0, mail: () => sent }));
    for (let next = due.shift(); next !== undefined && arrived.length < MAX_MAILS; next = due.shift()) {
      const { way, desk, depth, mail } = next;
      const evaluation = await (known.get(way) ?? receive(way, mail()));
      arrived.push({ desk, depth, evaluation });
      for (const { to, link } of edges.filter(({ from }) => from === desk)) {
        for (const alert of evaluation.alerts) {
          due.push({
            way: `${way}>${link}:${alert.rule}>${to}`,
            desk: to,
            depth: depth + 1,
            mail: () => carry(link, alert),
          });
        }
      }
    }
    return arrived;
  };
}

function carry(link: string, alert: Alert): SentMail {
  const over = LINKS[link];
  if (over === undefined) throw new Error(`no such link: ${link}`);
  return over(alert);
}

/** Every set of directed edges between so many desks, from a desk to itself too. */
export function allTopologies(desks: number, link: string): Edge[][] {
  const pairs = Array.from({ length: desks * desks }, (_, at) => ({
    from: Math.floor(at / desks),
    to: at % desks,
    link,
  }));
  return Array.from({ length: 2 ** pairs.length }, (_, bits) => pairs.filter((_pair, at) => bits & (1 << at)));
}
