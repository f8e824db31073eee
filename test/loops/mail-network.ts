import { createHash } from "node:crypto";
import { SILENT_LOG } from "../../cli/silent-log.ts";
import type { Alert } from "../../shared/alerts/alert.ts";
import { createProcessMail } from "../../shared/inbound/process-mail.ts";
import type { MailRecord } from "../../shared/inbound/record.ts";
import { type CompiledRules, compileRules } from "../../shared/rules/compile-rules.ts";
import { readRules } from "../../shared/rules/read-rules.ts";
import { memoryAlertTopic } from "../support/memory-alert-topic.ts";
import { memoryMailLog } from "../support/memory-mail-log.ts";
import { memoryMailStore } from "../support/memory-mail-store.ts";
import { ALL_PASS, receiptOf } from "../support/receipts.ts";
import { runsFrom } from "../support/runs.ts";
import { AT_BEGINNING, PROVEN, QUOTING, type SentMail } from "./links.ts";

// A network of desks that all alert on everything, and whose alerts, those to the operator too, go by mail to other desks and to themselves.

export const LINKS = { ...PROVEN, ...AT_BEGINNING, ...QUOTING };

/** A subscription: what the desk `from` publishes arrives at the desk `to`. */
export interface Edge {
  readonly from: number;
  readonly to: number;
  /** One of `LINKS`. */
  readonly link: string;
}

/** What a desk made of a mail. */
export interface Handled {
  readonly record: MailRecord;
  readonly alerts: readonly Alert[];
}

/** A mail that arrived somewhere. */
export interface Arrived extends Handled {
  readonly desk: number;
  /** The desks that it came by, the first one first; empty for the mail from outside. */
  readonly path: readonly number[];
  /** Over which it came. */
  readonly link: string | undefined;
}

export const OUTSIDE: SentMail = {
  raw: "From: Ana <ana@client.example>\r\nSubject: Service outage\r\n\r\nThe pumps stand still.\r\n",
  verdicts: ALL_PASS,
};

/** More than any network of the tests needs: one that reaches it does not end. */
export const MAX_MAILS = 10_000;

/** Rules of which one matches every mail. `policy` is what they hold back by verdict. */
export function anythingRules(policy = ""): CompiledRules {
  const rule = "{ name: anything, when: { size: { over: 0 } }, alert: { topic: oncall, severity: error } }";
  return compileRules(readRules(`${policy}\nrules:\n  - ${rule}\n`, "rules.yml"));
}

/** One desk, with a store and a mail log of its own, which takes a mail that SES announces to it. */
export function createDesk(name: string, rules: CompiledRules) {
  const address = `${name}@mail.acme.example`;
  const envelope = { mailFrom: "", recipients: [address] };
  const [store, mailLog, topic] = [memoryMailStore(), memoryMailLog(), memoryAlertTopic()];
  const ports = {
    ...runsFrom(),
    store,
    mailLog,
    alerts: topic,
    log: SILENT_LOG,
    rules: async () => rules,
    trust: { allow: [] },
  };
  const processMail = createProcessMail(ports);

  return {
    address,
    mailLog,
    async receive({ raw, verdicts }: SentMail, sesMessageId: string): Promise<Handled> {
      const storageKey = `raw/${sesMessageId}`;
      const before = topic.published.length;
      const receipt = receiptOf({ sesMessageId, storageKey, verdicts, envelope });
      const record = await processMail({ sesMessageId, storageKey, receipt, content: Buffer.from(raw) });
      return { record, alerts: topic.published.slice(before) };
    },
  };
}

interface Due {
  /** Names the mail: how it came, from the beginning. */
  readonly way: string;
  readonly desk: number;
  readonly path: readonly number[];
  readonly link: string | undefined;
  readonly mail: () => SentMail;
}

/**
 * Runs mails through networks. A mail bears no other ids than those of the way that it took, so what a desk makes of it follows from that way,
 * and every way is gone once, whatever networks have it.
 */
export function createNetwork(rules: CompiledRules = anythingRules()) {
  const desks = Array.from({ length: 8 }, (_, at) => createDesk(`desk${at}`, rules));
  const known = new Map<string, Handled>();

  async function handle({ way, desk, mail }: Due): Promise<Handled> {
    const before = known.get(way);
    if (before !== undefined) return before;
    const handled = await deskAt(desk).receive(mail(), createHash("sha256").update(way).digest("hex").slice(0, 40));
    known.set(way, handled);
    return handled;
  }

  function deskAt(at: number) {
    const desk = desks[at];
    if (desk === undefined) throw new Error(`no such desk: ${at}`);
    return desk;
  }

  function carry({ link, to }: Edge, alert: Alert): SentMail {
    const over = LINKS[link];
    if (over === undefined) throw new Error(`no such link: ${link}`);
    return over(alert, deskAt(to).address);
  }

  /** Sends one mail to some desks; gives every mail that arrives anywhere, until no more do. */
  async function run(edges: readonly Edge[], to: readonly number[], sent: SentMail = OUTSIDE): Promise<Arrived[]> {
    const arrived: Arrived[] = [];
    const due: Due[] = to.map((desk) => ({
      way: `${sent.raw}>${desk}`,
      desk,
      path: [],
      link: undefined,
      mail: () => sent,
    }));
    for (let next = due.pop(); next !== undefined && arrived.length < MAX_MAILS; next = due.pop()) {
      const { desk, path, link } = next;
      const handled = await handle(next);
      arrived.push({ desk, path, link, ...handled });
      for (const edge of edges.filter(({ from }) => from === desk))
        for (const alert of handled.alerts) due.push(over(edge, alert, next));
    }
    return arrived;
  }

  /** Sends a mail along one way through the desks, as far as it gets; gives every mail that arrives. */
  async function follow(desks: readonly number[], link: string): Promise<Arrived[]> {
    const arrived: Arrived[] = [];
    let next: Due = { way: "", desk: desks[0] ?? 0, path: [], link: undefined, mail: () => OUTSIDE };
    for (const to of [...desks.slice(1), undefined]) {
      const handled = await handle(next);
      arrived.push({ desk: next.desk, path: next.path, link: next.link, ...handled });
      const [alert] = handled.alerts;
      if (alert === undefined || to === undefined) break;
      next = over({ from: next.desk, to, link }, alert, next);
    }
    return arrived;
  }

  function over(edge: Edge, alert: Alert, { way, desk, path }: Due): Due {
    return {
      way: `${way}>${edge.link}:${alert.rule}>${edge.to}`,
      desk: edge.to,
      path: [...path, desk],
      link: edge.link,
      mail: () => carry(edge, alert),
    };
  }

  return { run, follow };
}

/** Every set of directed edges between so many desks; `toItself`: from a desk to itself, too. */
export function allTopologies(desks: number, link: string, { toItself }: { readonly toItself: boolean }): Edge[][] {
  const pairs = completeGraph(desks, link, { toItself });
  return Array.from({ length: 2 ** pairs.length }, (_, bits) => pairs.filter((_pair, at) => bits & (1 << at)));
}

/** Every desk alerts every other one; `toItself`: itself, too. */
export function completeGraph(desks: number, link: string, { toItself }: { readonly toItself: boolean }): Edge[] {
  const all = Array.from({ length: desks * desks }, (_, at) => ({
    from: Math.floor(at / desks),
    to: at % desks,
    link,
  }));
  return all.filter(({ from, to }) => toItself || from !== to);
}

/** Each desk alerts the next one, and the last one the first. */
export function cycle(desks: number, link: string): Edge[] {
  return Array.from({ length: desks }, (_, from) => ({ from, to: (from + 1) % desks, link }));
}
