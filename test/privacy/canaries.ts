import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "../../shared/message/message.ts";
import { parseMessage } from "../../shared/message/parse-message.ts";

/** What must not be in a log line: of all mails together. */
export interface Canaries {
  /** Whole texts, lower case: addresses, subjects, names, file names, message ids. */
  readonly texts: ReadonlySet<string>;
  /** Words of subjects, bodies and names, lower case. */
  readonly words: ReadonlySet<string>;
}

const ROOT = join(import.meta.dirname, "../..");
const ADDRESS = /[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;
/** Shorter words are in many ids and codes by chance. */
const WORD = /\p{L}{5,40}/gu;
/** Shorter texts are. */
const MIN_TEXT = 6;

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(WORD) ?? [];

/** Where our own words are written that a log line may hold whatever a mail says: event phrases, codes, names of rules, errors and places. */
const OWN_SOURCES = [
  "shared/errors.ts",
  "shared/lambda",
  "shared/inbound/worked-mail.ts",
  "shared/inbound/record.ts",
  "shared/receipt",
  "shared/message/problems.ts",
  "shared/feedback/feedback.ts",
  "test/privacy",
];

/** Without what they say in comments; and the names of the rules. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  ...wordsOf((readFileSync(join(ROOT, "samples/rules.yml"), "utf8").match(/- name: .*/g) ?? []).join()),
  ...OWN_SOURCES.flatMap((path) =>
    sourcesIn(path).flatMap((file) =>
      wordsOf(withSpaces(`${file} ${withoutComments(readFileSync(join(ROOT, file), "utf8"))}`)),
    ),
  ),
]);

function withoutComments(source: string): string {
  return source.replaceAll(/^ *(?:\/\*\*|\*|\/\/|#).*$/gm, "");
}

/** `sesMessageId` is logged whole, and has three words. */
function withSpaces(text: string): string {
  return `${text} ${text.replaceAll(/(\p{Ll})(?=\p{Lu})/gu, "$1 ")}`;
}

/** But for what is written in this folder as the content of a mail. */
function sourcesIn(path: string): string[] {
  if (/\.\w+$/.test(path)) return [path];
  const files = readdirSync(join(ROOT, path), { recursive: true, encoding: "utf8" });
  return files
    .filter((name) => name.endsWith(".ts") && !/odd-mails|\.test\./.test(name))
    .map((name) => join(path, name));
}

/** The canaries of mails, and of texts (events, say) in which the addresses are found. */
export async function canariesOf(mails: readonly Uint8Array[], texts: readonly string[]): Promise<Canaries> {
  const said = (await Promise.all(mails.map((raw) => parseMessage(raw)))).flatMap(saidBy);
  const inRaw = [...mails.map((raw) => Buffer.from(raw).toString("utf8")), ...texts];
  const whole = [...said, ...inRaw.flatMap((text) => text.match(ADDRESS) ?? [])].map((text) =>
    text.trim().toLowerCase(),
  );
  const words = new Set(said.flatMap(wordsOf)).difference(OWN_WORDS);
  return { texts: new Set(whole.filter((text) => text.length >= MIN_TEXT && !isOwn(text))), words };
}

/** "Outage" alone is no subject by which a mail can be told. */
function isOwn(text: string): boolean {
  return (
    /^[\p{L}\s-]+$/u.test(text) &&
    (text.match(/\p{L}+/gu) ?? []).every((word) => OWN_WORDS.has(word) || word.length < 5)
  );
}

/** All that a mail says, in pieces. */
function saidBy(message: Message): string[] {
  const { subject, from, to, cc, replyTo, text, htmlText, attachments, messageIdHeader, nested } = message;
  const people = [...from, ...to, ...cc, ...replyTo].flatMap(({ name, address }) => [name, address]);
  const files = attachments.flatMap(({ filename }) => filename ?? []);
  return [subject, ...people, text, htmlText.text, ...files, messageIdHeader ?? "", ...nested.flatMap(saidBy)];
}

/** Which canaries a text holds, however its letters are written. */
export function foundIn(logged: string, { texts, words }: Canaries): string[] {
  const lower = logged.toLowerCase();
  const unescaped = lower.replaceAll(/\\u([0-9a-f]{4})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  const both = `${lower} ${unescaped} ${lower.replaceAll("%40", "@")}`;
  const held = new Set(wordsOf(both));
  return [...[...texts].filter((text) => both.includes(text)), ...[...words].filter((word) => held.has(word))];
}
