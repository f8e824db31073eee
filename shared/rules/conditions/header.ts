import { allHold } from "./all-hold.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { compileGlob } from "./glob.ts";
import { heldBy } from "./held.ts";
import { factReason } from "./reasons.ts";

/** Headers: each must be there, be absent, or have a value that fits. A header that stands twice may fit in either place. */
export const compileHeader: Compile<"header"> = (headers) =>
  allHold(headers.map(({ name, value, absent }) => (absent ? isAbsent(name) : hasValue(name, value))));

function isAbsent(name: string): Evaluate {
  return (mail) =>
    mail.headerValues(name).length > 0 ? undefined : heldBy([factReason(`header:${name}`, "absent", "absent")]);
}

function hasValue(name: string, glob: string | undefined): Evaluate {
  const fits = glob === undefined ? () => true : compileGlob(glob);
  return (mail) => {
    const value = mail.headerValues(name).find(fits);
    return value === undefined ? undefined : heldBy([factReason(`header:${name}`, glob ?? "present", value)]);
  };
}
