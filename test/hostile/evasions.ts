import { EVASIONS } from "../evasion/evasions.ts";
import { UNSEEN_IN_HTML } from "../evasion/unseen-in-html.ts";
import { htmlMail } from "../support/raw-mails.ts";
import type { HostileMail } from "./hostile-mail.ts";

/** Small mails with a keyword that a person reads at once, or never sees: all those of `test/evasion`. */
export function evasionMails(): readonly HostileMail[] {
  return [
    ...EVASIONS.map(({ title, mail, keyword }) =>
      hidden(title, "a search of its bytes finds no keyword", mail, keyword),
    ),
    ...UNSEEN_IN_HTML.map(([how, html]) => hidden(`outage in ${how}`, "no person sees it", htmlMail(html), "outage")),
  ];
}

function hidden(name: string, why: string, mail: Uint8Array, found: string): HostileMail {
  return { name, why, found, pieces: () => [mail] };
}
