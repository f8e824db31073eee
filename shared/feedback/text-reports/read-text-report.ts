import type { Message } from "../../message/message.ts";

export interface TextRecipient {
  readonly recipient: string;
  readonly action: "failed" | "delayed";
  readonly status: string | null;
  readonly diagnosticCode: string | null;
  readonly reportingMta: string | null;
}

export function readTextReport(_message: Message): readonly TextRecipient[] {
  return [];
}
