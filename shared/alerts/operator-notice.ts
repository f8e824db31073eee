import type { Severity } from "../rules/rules-file.ts";
import type { Alert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import { OPERATOR_FIELD, OPERATOR_TOPIC } from "./compose-alert.ts";

/** What the operator is told that is about no mail. */
export interface OperatorNotice {
  readonly rule: `mailroom/${string}`;
  /** What it is about: the same again gives an alert of the same id. */
  readonly about: string;
  readonly severity: Severity;
  /** In ASCII: the subject of the e-mail. */
  readonly subject: string;
  /** What happened and what to do, for a person; then details, one a sentence. */
  readonly sentences: readonly string[];
}

/** An alert to the operator about no mail: whatever it could say of one is empty. */
export function operatorNotice({ rule, about, severity, subject, sentences }: OperatorNotice): Alert {
  const id = alertId(about, rule);
  return {
    v: 1,
    id,
    // Until it is published: the mail log makes another.
    mark: id,
    after: [],
    rule,
    severity,
    tags: [],
    topic: OPERATOR_TOPIC,
    sesMessageId: "",
    receivedAt: null,
    envelope: { mailFrom: "", recipients: [] },
    from: [],
    subject,
    because: sentences.map((value) => ({ field: OPERATOR_FIELD, condition: rule, value })),
    verdicts: {},
    verdictsTrusted: true,
    warnings: [],
    raw: "",
    sha256: "",
    size: 0,
  };
}
