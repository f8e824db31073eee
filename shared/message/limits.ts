// How much of a hostile mail is read. SES itself takes mails up to 40 MB (SES fact 1.3), so every limit is about what can
// be packed into that: beyond it the rest is left out, and the record says so in `problems`.

/** Bytes of a mail: 40 MB, taken generously (SES fact 1.3). The attack: an object of 5 TB in the bucket, announced as a mail. */
export const MAX_MAIL_BYTES = 40 * 1024 * 1024;

/** Header bytes of one message. The attack: 200,000 recipients or 100,000 header lines, each of which costs an object. */
export const MAX_HEADER_BYTES = 1024 * 1024;

/** Bytes that a header field counts for besides its own, because it costs an object however short it is. */
export const HEADER_FIELD_COST = 64;

/** Header bytes of a mail and all messages attached to it. The attack: 200 attached messages with a megabyte of header each. */
export const MAX_ALL_HEADER_BYTES = 4 * 1024 * 1024;

/** What is read of an attached message's header when that is used up: enough to know what the message is. */
export const MIN_HEADER_BYTES = 16 * 1024;

/** Fields of one name that say how a part is to be read. The attack: ten thousand Content-Type fields in each of a thousand parts. */
export const MAX_SAME_FIELDS = 4;

/** Header fields of one message. The attack: 1 MB of one-character lines. */
export const MAX_HEADER_FIELDS = 10_000;

/** Addresses read from one message's address fields. The attack: a To field of 1 MB. */
export const MAX_ADDRESSES = 2_000;

/** Leaf parts of one message. The attack: 50 KB that unfold into thousands of parts. */
export const MAX_PARTS = 1_000;

/** Leaf parts of a mail and all messages attached to it. The attack: 200 attached messages of 1,000 parts each. */
export const MAX_ALL_PARTS = 5_000;

/** Header bytes of one part. Beyond it mailparser reads no more of the mail. */
export const MAX_PART_HEADER_BYTES = 1024 * 1024;

/** Header bytes of all parts of one message together. */
export const MAX_ALL_PART_HEADER_BYTES = 4 * 1024 * 1024;

/** Nodes of one message, multiparts included. Beyond them mailparser reads no more of the mail. */
export const MAX_NODES = 5_000;

/** Attachments that one message lists. They cost a record each, and a record is written to a table. */
export const MAX_ATTACHMENTS = 1_000;

/** Bytes of text and HTML of a mail, attached messages included. The attack: 40 MB of text to normalise and search. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Bytes of report parts of a mail, attached messages included: some 10,000 recipients. The attack: 40 MB of Final-Recipient fields. */
export const MAX_REPORT_BYTES = 2 * 1024 * 1024;

/** How deep messages attached to messages are opened. The attack: each level is parsed again, so depth multiplies time. */
export const MAX_NESTING_DEPTH = 8;

/** Attached messages that are opened in one mail. The attack: a digest of 100,000 empty messages. */
export const MAX_NESTED_MESSAGES = 200;

/** Characters of a file name, as file systems have it. The attack: a name of 1 MB in every record and alert. */
export const MAX_FILENAME_LENGTH = 255;
