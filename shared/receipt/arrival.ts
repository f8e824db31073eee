import type { Receipt } from "./receipt.ts";

/** One announcement of a stored mail, in whatever dialect it came. */
export interface Arrival {
  /** SES's id of the mail: said by the announcement, or the last part of the storage key. */
  readonly sesMessageId: string;
  /** Where the raw mail lies, or is to be put when `content` has it. */
  readonly storageKey: string;
  /** What SES says of the arrival; `undefined` when the store alone announced it: then it is in the headers that SES wrote. */
  readonly receipt: Receipt | undefined;
  /** The raw mail, byte for byte, where the announcement carried it (SNS action). */
  readonly content: Uint8Array | undefined;
}
