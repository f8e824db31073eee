import type { IncomingMessage, ServerResponse } from "node:http";
import { SESClient, type SESClientConfig } from "@aws-sdk/client-ses";
import { createFaults, type FakeService, startFakeService } from "./fake-server.ts";
import { OPERATIONS, type ReceiptRulesState } from "./receipt-rules-operations.ts";
import { SesRefusal, sendRefusal, sendResult } from "./receipt-rules-wire.ts";

/** What happens as a request of this kind arrives: somebody else does something first, or it is refused, or both. */
interface ReceiptRulesFault {
  readonly operation: string;
  readonly meanwhile?: () => void;
  readonly answer?: keyof typeof MESSAGES;
  /** 1 unless told. */
  readonly times?: number;
}

const MESSAGES = { Throttling: "Rate exceeded", AccessDenied: "not authorized to perform this action" } as const;

export interface FakeReceiptRules extends FakeService<SESClient, SESClientConfig>, ReceiptRulesState {
  /** What was asked, in order: `SetActiveReceiptRuleSet acme-inbound`. */
  readonly requests: string[];
  fail(fault: ReceiptRulesFault): void;
}

/** SES's receipt rule sets over their real wire format (AWS query protocol). */
export async function startFakeReceiptRules(): Promise<FakeReceiptRules> {
  const faults = createFaults<ReceiptRulesFault>();
  const service = await startFakeService<SESClient, SESClientConfig>(answer, (config) => new SESClient(config));
  const state: ReceiptRulesState = { sets: new Map(), active: undefined, closedBuckets: new Set() };
  const fake: FakeReceiptRules = Object.assign(state, service, { requests: [], fail: faults.add });
  return fake;

  function answer(_request: IncomingMessage, body: Buffer, response: ServerResponse): void {
    const form = new URLSearchParams(body.toString());
    const action = form.get("Action") ?? "";
    const words = [action, form.get("RuleSetName"), form.get("RuleName") ?? form.get("Rule.Name")];
    fake.requests.push(words.filter((word) => word !== null).join(" "));
    try {
      const fault = faults.take(({ operation }) => operation === action);
      fault?.meanwhile?.();
      if (fault?.answer) throw new SesRefusal(fault.answer, MESSAGES[fault.answer]);
      const operation = OPERATIONS.get(action);
      if (operation === undefined) throw new Error(`unknown request ${action}`);
      sendResult(response, action, operation(fake, form));
    } catch (error) {
      if (!(error instanceof SesRefusal)) throw error;
      sendRefusal(response, error);
    }
  }
}
