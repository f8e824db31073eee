import type { Mailbox } from "../../shared/message/message.ts";

/** A named value on a line of a block. */
export function field(name: string, value: string): string {
  return `  ${name.padEnd(9)} ${value}`;
}

/** Addresses as people write them. */
export function mailboxes(list: readonly Mailbox[]): string {
  return list.map(({ name, address }) => (name === "" ? address : `${name} <${address}>`)).join(", ");
}
