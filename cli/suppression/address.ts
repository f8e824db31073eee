import { canonicalAddress } from "../../shared/suppression/canonical-address.ts";
import { UsageError } from "../usage-error.ts";

/**
 * The canonical form of an address that a person gave.
 *
 * @throws {UsageError} when it is none
 */
export function readAddress(written: string): string {
  const address = canonicalAddress(written);
  if (address === undefined) throw new UsageError(`expected an address, got ${JSON.stringify(written)}`);
  return address;
}
