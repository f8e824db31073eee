/** How far blank lines in front of a header are followed. */
const MAX_BLANK = 4 * 1024;

/** What blank lines look like, with UTF-8's byte order mark in front of them, and a line of mbox or batch SMTP behind. */
const BLANK = /^(?:\xef\xbb\xbf)?(?:[ \t]{0,1000}\r{0,9}\n){1,1000}/;

/** The fields with which headers begin, or an mbox line. A body may begin with `Note:`, but not with these. */
const BEGINS_HEADER =
  /^(?:>?From |(?:arc-|authentication-|content-|delivered-|dkim-|list-|mailing-|received|resent-|return-|x-)[\w-]{0,60}[ \t]{0,9}:|(?:bcc|cc|date|from|message-id|mime-version|reply-to|sender|subject|to)[ \t]{0,9}:)/i;

/** How much of the line behind the blank ones must be there to be judged. */
const MAX_NAME = 80;

/**
 * How many bytes of blank lines stand before a header. A mail that begins with one has, strictly, no header, and all its fields
 * are text; but what saved or passed it on put the line there, and mail programs pass over it.
 *
 * @param isAll whether no more bytes come
 * @returns 0 when the mail begins with its header, or with a body that has none; `undefined` when more bytes are needed
 */
export function leadingBlank(start: Buffer, isAll: boolean): number | undefined {
  const latin1 = start.toString("latin1", 0, MAX_BLANK);
  if (!/^(?:$|[\s\xef])/.test(latin1)) return 0;
  const blank = BLANK.exec(latin1)?.[0].length ?? 0;
  const line = latin1.slice(blank, blank + MAX_NAME);
  const isJudged =
    isAll || latin1.length >= MAX_BLANK || (line.trim() !== "" && /[\n:]/.test(line)) || line.length >= MAX_NAME;
  if (!isJudged) return undefined;
  return BEGINS_HEADER.test(line) ? blank : 0;
}
