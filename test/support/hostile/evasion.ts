import iconv from "iconv-lite";
import { type HostileMail, header, KEYWORD, lines, textMail, utf8 } from "./hostile-mail.ts";

const SENTENCE = "本番環境で障害が発生しました。至急、担当者は確認をお願いします。";

function encoded(text: string, charset: string): string {
  return iconv.encode(text, charset).toString("latin1");
}

function hidden(name: string, why: string, ...pieces: readonly string[]): HostileMail {
  return { name, why, found: true, pieces: () => pieces };
}

/** Small mails with a keyword that a person reads at once, and that a search of the bytes or of the parser's text misses. */
export function evasionMails(): readonly HostileMail[] {
  const html = `<p>${KEYWORD.slice(0, 3)}<span>${KEYWORD.slice(3)}</span></p>`;
  const alternative = (plain: string, rich: string): string =>
    header("Subject: s", "Content-Type: multipart/alternative; boundary=b") +
    lines("--b", "", plain, "--b", "Content-Type: text/html", "", rich, "--b--");
  return [
    hidden(
      "undeclared ISO-2022-JP",
      "without its charset it is ASCII with escapes",
      header("Subject: s") + encodedJis(),
    ),
    hidden(
      "undeclared Shift_JIS",
      "without its charset its bytes say nothing",
      textMail("text/plain"),
      encoded(SENTENCE, "shift_jis"),
    ),
    hidden(
      "Shift_JIS that is declared UTF-8",
      "the bytes of the one are none of the other",
      textMail("text/plain; charset=utf-8"),
      encoded(SENTENCE, "shift_jis"),
    ),
    hidden(
      "a keyword over a line break in Japanese",
      "a mail program broke the line where there is no space",
      textMail("text/plain; charset=utf-8"),
      utf8("本番で障\r\n害が発生"),
    ),
    hidden(
      "half-width kana with sound marks",
      "two characters for one of the keyword",
      textMail("text/plain; charset=shift_jis"),
      encoded("ｻｰﾊﾞｰﾀﾞｳﾝ", "shift_jis"),
    ),
    hidden("a keyword in the HTML alone", "the plain alternative says something else", alternative("nothing", html)),
    hidden(
      "a keyword in white on white",
      "no person sees it, and a rule may ask",
      alternative("", `<p style="color:#fff;background:#fff">${KEYWORD}`),
    ),
    hidden(
      "a keyword in an attached message",
      "the mail itself is empty",
      header("Subject: s", "Content-Type: multipart/mixed; boundary=b"),
      lines(
        "--b",
        "Content-Type: message/rfc822",
        "Content-Disposition: attachment",
        "",
        "Subject: s",
        "",
        KEYWORD,
        "--b--",
      ),
    ),
    hidden(
      "Content-Type: text",
      "the parser takes a text without a subtype for an attachment",
      textMail("text"),
      KEYWORD,
    ),
    hidden(
      "Content-Type: constructor",
      "a word that every object has: a table of types gives a function for it",
      textMail("constructor"),
      KEYWORD,
    ),
    hidden(
      "a keyword in base64, a byte a line",
      "no line of it holds a whole group of four",
      textMail("text/plain; charset=utf-8", "Content-Transfer-Encoding: base64"),
      [...Buffer.from(KEYWORD).toString("base64")].join("\r\n"),
    ),
    hidden(
      "a subject of raw 8-bit bytes",
      "RFC 5322 forbids it and senders do it, in any charset",
      header(`Subject: ${encoded(SENTENCE, "euc-jp")}`, "Content-Type: text/plain; charset=euc-jp"),
    ),
  ];
}

function encodedJis(): string {
  return lines("\x1b$BK\\HV$G>c32$,H/@8\x1b(B");
}
