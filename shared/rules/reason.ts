/** A keyword or pattern was found in the mail's words. */
export interface TextReason {
  /** `subject`, `text`, `html`, `from`, `to`, `attachmentNames`, `attachmentTypes` or `header:<name>`. */
  readonly field: string;
  /** The keyword as the rules file spells it. */
  readonly keyword?: string;
  /** The pattern as the rules file spells it. */
  readonly pattern?: string;
  /** UTF-16 units in the field's decoded text, as a person reads it. */
  readonly start: number;
  readonly end: number;
  /** The words around, on one line. */
  readonly excerpt: string;
  /** Where what was found stands in the excerpt, in UTF-16 units; as much of it as is shown. */
  readonly excerptStart: number;
  readonly excerptEnd: number;
  /**
   * Which text, where the field has several: `nested[0].subject` for words of an attached message, `attachments[2]`,
   * `from[0].name`, `header:X-Tag[1]`; `htmlText.unhidden` for the html as if nothing in it were hidden. Offsets then count
   * in that.
   */
  readonly where?: string;
  /** The text is in the HTML but hidden from a person who reads it. */
  readonly hidden?: true;
}

/** A fact about the mail met a condition. */
export interface FactReason {
  /** `from`, `to`, `recipient`, `header:<name>`, `verdicts.dmarc`, `size`, `attachments`. */
  readonly field: string;
  /** The condition as the rules file spells it. */
  readonly condition: string;
  /** What the mail has. */
  readonly value: string;
}

/** Why a rule matched. */
export type Reason = TextReason | FactReason;

export function isTextReason(reason: Reason): reason is TextReason {
  return "excerpt" in reason;
}
