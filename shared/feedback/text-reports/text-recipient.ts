/** A recipient that a report names in words, and what it says about them. */
export interface TextRecipient {
  readonly recipient: string;
  readonly action: "failed" | "delayed";
  readonly status: string | null;
  /** The lines that give the reason, on one line. */
  readonly diagnosticCode: string | null;
  readonly reportingMta: string | null;
}
