import { boundaryMails } from "./boundaries.ts";
import { charsetMails } from "./charsets.ts";
import { evasionMails } from "./evasions.ts";
import { headerMails } from "./headers.ts";
import type { HostileMail } from "./hostile-mail.ts";
import { htmlMails } from "./html.ts";
import { reportMails } from "./reports.ts";
import { sizeMails } from "./size.ts";
import { structureMails } from "./structure.ts";

/**
 * The hostile mails, generated, the same each time.
 *
 * @param scale 1 for the sizes that SES lets through; what is large is as much smaller by this
 */
export function hostileMails(scale: number): readonly HostileMail[] {
  const megabytes = (full: number): number => Math.ceil(full * scale * 1024 * 1024);
  const groups = [
    structureMails,
    boundaryMails,
    headerMails,
    htmlMails,
    charsetMails,
    evasionMails,
    sizeMails,
    reportMails,
  ];
  return groups.flatMap((mails) => mails(megabytes));
}
