import { boundaryMails } from "./hostile/boundaries.ts";
import { charsetMails } from "./hostile/charsets.ts";
import { evasionMails } from "./hostile/evasion.ts";
import { headerMails } from "./hostile/headers.ts";
import type { HostileMail } from "./hostile/hostile-mail.ts";
import { htmlMails } from "./hostile/html.ts";
import { reportMails } from "./hostile/reports.ts";
import { sizeMails } from "./hostile/size.ts";
import { structureMails } from "./hostile/structure.ts";

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
