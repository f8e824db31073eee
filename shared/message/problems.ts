/** Everything that can be wrong with a mail and is told rather than thrown. The codes are a contract: scripts read them. */
export const PROBLEM_CODES = {
  empty: "The mail has no bytes.",
  tooLarge: "The mail is larger than SES takes in; what is beyond its headers, or beyond 40 MB, was left out.",
  givenUp: "Runs that read the mail died over it; no more than its header was read so far.",
  noHeaders: "The mail begins with no header field.",
  brokenHeader: "The header holds a line that is no field; from there on it was read as text, too.",
  headersTooLarge: "The header block is larger than is read; what follows was left out.",
  tooManyParts: "The mail has more parts than are read; what follows was left out.",
  tooManyAddresses: "An address field names more addresses than are read; the rest was left out.",
  noParts: "The mail says that it has parts, and none could be found; the beginning of its body was read as text.",
  parserFailed: "The parser gave up; what was read until then is kept.",
  textTooLarge: "The text is larger than is read; what follows was left out.",
  tooManyAttachments: "The mail has more attachments than are listed; the rest was left out.",
  nestedTooDeep: "A message is attached too deep inside others; it was not opened.",
  tooManyNested: "The mail has more attached messages than are read; the rest was left out.",
  unknownCharset: "The mail names a charset that is not known; the text was read by its bytes.",
  guessedCharset:
    "The mail names no charset that fits its bytes; the text was read as the language that it looks like.",
  undecodableText: "Some bytes are not text in the charset that the mail names; they were replaced.",
  brokenEncoding: "A text part is not in the transfer encoding that it names; it was read as it is, too.",
  brokenTnef: "A winmail.dat is damaged; the names that could be read are listed.",
  badDate: "The Date header cannot be read.",
  recordCut: "The record was too large to keep; its lists and texts were cut.",
  patternTextCut: "A text was too long for patterns; they saw its beginning.",
} as const;

export type ProblemCode = keyof typeof PROBLEM_CODES;

export interface Problem {
  readonly code: ProblemCode;
  /** For a person: one sentence, with no content of the mail in it. */
  readonly message: string;
}

/** The problem of this code; `detail` is added to its sentence, and must hold nothing of the mail's content. */
export function problem(code: ProblemCode, detail?: string): Problem {
  return { code, message: detail ? `${PROBLEM_CODES[code]} (${detail})` : PROBLEM_CODES[code] };
}
