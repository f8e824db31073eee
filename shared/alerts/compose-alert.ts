import type { Message } from "../message/message.ts";
import type { Receipt } from "../receipt/receipt.ts";
import type { Match } from "../rules/match-rules.ts";
import type { Severity } from "../rules/rules-file.ts";
import type { Alert } from "./alert.ts";
import { alertId } from "./alert-id.ts";
import { idsToHandOn, type KnownAlerts, markedIds } from "./loop-mark.ts";
import { warningsAbout } from "./warnings.ts";

/** The mail that an alert is about. `message` is missing when the raw mail could not be read. */
export interface AlertedMail {
  readonly message?: Message | undefined;
  readonly receipt: Receipt;
  /** Missing when the mail log was not asked. */
  readonly knownAlerts?: KnownAlerts | undefined;
}

/** What we tell the operator ourselves. */
export interface OperatorReason {
  /** `mailroom/unparsable`, `mailroom/quarantined`: no rule of a user can have a slash in its name. */
  readonly rule: `mailroom/${string}`;
  /** What happened and what to do, for a person; nothing of the mail's content. */
  readonly sentence: string;
  readonly severity: Severity;
}

/** The topic that operator alerts go to, by its short name. */
export const OPERATOR_TOPIC = "operator";
/** The `field` of the one reason of an operator alert. No field of a mail is called so. */
export const OPERATOR_FIELD = "mailroom";

const MARK_WITHOUT_PROOF =
  "This mail bears the mark of a Mailroom alert, and nothing proves that it is one: it is forged, it quotes an alert, or an alert came back by another way.";

/** The alert that a match raises. */
export function composeAlert({ rule, because }: Match, mail: AlertedMail): Alert {
  const { topic, severity, tags } = rule.alert;
  return describe(mail, { rule: rule.name, topic, severity, tags, because });
}

/** An alert that no rule of the user's asked for: something about this mail needs the operator. */
export function operatorAlert({ rule, sentence, severity }: OperatorReason, mail: AlertedMail): Alert {
  const because = [{ field: OPERATOR_FIELD, condition: rule, value: sentence }];
  return describe(mail, { rule, topic: OPERATOR_TOPIC, severity, tags: [], because });
}

function describe(
  { message, receipt, knownAlerts = new Map() }: AlertedMail,
  told: Pick<Alert, "rule" | "topic" | "severity" | "tags" | "because">,
): Alert {
  const marked = message !== undefined && markedIds(message).length > 0;
  const id = alertId(receipt.sesMessageId, told.rule);
  return {
    v: 1,
    id,
    // Until it is published: the mail log makes another.
    mark: id,
    after: idsToHandOn(message, knownAlerts),
    ...told,
    sesMessageId: receipt.sesMessageId,
    receivedAt: receipt.receivedAt,
    envelope: receipt.envelope,
    from: message?.from ?? [],
    subject: message?.subject ?? "",
    verdicts: receipt.verdicts,
    verdictsTrusted: receipt.verdictsTrusted,
    warnings: [...warningsAbout(receipt), ...(marked ? [MARK_WITHOUT_PROOF] : [])],
    raw: receipt.storageKey,
    sha256: message?.sha256 ?? "",
    size: message?.size ?? 0,
  };
}
