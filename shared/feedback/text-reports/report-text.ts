import type { Message } from "../../message/message.ts";
import { anyPhrase } from "../phrases.ts";

/** What a report says to people, with what it returns taken off. */
export interface ReportText {
  /** Subject and beginning of the text on one line: what a family is told by. */
  readonly opening: string;
  readonly lines: readonly string[];
}

/** Characters, lines and characters of a line that are read. The attack: 16 MB of text, or of one line, in a mail that claims to be a bounce. */
const MAX_TEXT = 256 * 1024;
const MAX_LINES = 4_000;
const MAX_LINE = 1_000;
const MAX_OPENING = 4_000;

/** How lines begin that say that the returned mail follows, a row a language. */
const RETURNED_LINES = {
  English: String.raw`
    \W{0,60}(?:below this line is|below the next line is|enclosed is|included is|this is) (?:a|the) copy of
    \s{0,9}below is a copy of
    \W{0,60}(?:(?:the )?(?:header|body|text|content)s? of (?:the |your )?)?(?:original|returned|unsent|undelivered|bounced) (?:message|mail)\b(?!.{0,40}(?:was received|id\b|subject|could|cannot|has been|was not))
    \W{0,60}(?:message|mail) (?:header|text|body|contents?)s? (?:follows?|is following)
    .{0,200}original (?:message|mail|header).{0,20}follow
    \W{0,60}(?:the following|following) is (?:the|a copy of|an excerpt)
    -{2,}\s?returned message
    -{3,}\s{0,3}non-delivered information
    content-type:\s{0,3}(?:message/rfc822|text/rfc822-headers)`,
  German: "ursprüngliche nachrichten(?:kopfzeilen|header)",
  French: "en-têtes d(?:e|u) message d'origine",
  Spanish: "encabezados de(?:l)? mensajes? origina",
  Italian: "intestazioni (?:originali )?del messaggio",
  Romance: String.raw`-{3,}\s{0,3}(?:mensaje|mensagem|message|nachricht|messaggio) (?:original|d'origine|originale)`,
  Portuguese: String.raw`\W{0,9}abaixo desta linha`,
  Japanese: String.raw`-{2,}\s?(?:元の|オリジナル|以下は)
    -{3,}.{0,9}オリジナル`,
};

const RETURNED = new RegExp(`^(?:${anyPhrase(RETURNED_LINES)})`, "iu");

/** A line that the header of a returned mail begins with, where nothing announces it. */
const HEADER_LINE = /^(?:received|return-path|x-[\w-]{1,40}|dkim-signature|message-id|mime-version):/i;

/** What Active!hunter has below such a line: the answer of the server. */
const ANSWER = /^[45]\d\d[ -]/;

export function readReportText(message: Message): ReportText {
  const text = message.text.trim() === "" ? message.htmlText.text : message.text;
  const lines = text
    .slice(0, MAX_TEXT)
    .split("\n", MAX_LINES)
    .map((line) => line.slice(0, MAX_LINE).replace(/\r$/, ""));
  const end = lines.findIndex(
    (line, at) => (RETURNED.test(line) && !ANSWER.test(lines[at + 1] ?? "")) || (at > 0 && HEADER_LINE.test(line)),
  );
  const said = end < 0 ? lines : lines.slice(0, end);
  const opening = `${message.subject.slice(0, 200)}\n${said.join("\n").slice(0, MAX_OPENING)}`;
  return { opening: opening.replace(/\s+/gu, " "), lines: said };
}
