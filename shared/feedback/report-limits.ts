// How much of a hostile report is read.

/**
 * Recipients of one report that are read. SES sends one mail to 50 at most, a list server reports its whole list. The attack:
 * 2 MB of recipients, each of which becomes an item in a table.
 */
export const MAX_REPORTED_RECIPIENTS = 1_000;

/** Characters of a text in which misplaced fields and a returned header are looked for. The attack: 16 MB of text without either. */
export const MAX_SEARCHED = 256 * 1024;

/** Characters of one field's value that are kept. The attack: a Diagnostic-Code of 1 MB that is copied into each record. */
export const MAX_VALUE_LENGTH = 4_000;

/** Characters of one address field that are read: more than the recipients that are. The attack: a returned To of a megabyte. */
export const MAX_LIST_LENGTH = 64 * 1024;

/** Characters of what a report says to people that are examined for a reason: behind them stands the returned mail. */
export const MAX_HUMAN = 2_000;

/** How deep a report is looked for in mails that carry it: a server that sends another's report on, and one that sends that on. */
export const MAX_CARRIED = 3;
