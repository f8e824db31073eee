import type { AddressField } from "../searched-mail.ts";
import { compileAddressPattern } from "./address-pattern.ts";
import type { Compile } from "./evaluate.ts";
import { heldBy } from "./held.ts";
import { factReason } from "./reasons.ts";

/** Addresses of one field: each that fits one of the patterns is a reason. */
export function compileAddresses(field: AddressField): Compile<AddressField> {
  return (patterns) => {
    const compiled = patterns.map((pattern) => ({ pattern, fits: compileAddressPattern(pattern) }));
    return (mail) => {
      const reasons = mail.addresses(field).flatMap((address) => {
        const fitting = compiled.find(({ fits }) => fits(address));
        return fitting ? [factReason(field, fitting.pattern, address.written || "<>")] : [];
      });
      return reasons.length > 0 ? heldBy(reasons) : undefined;
    };
  };
}
