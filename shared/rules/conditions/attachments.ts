import type { Attachment } from "../../message/message.ts";
import { MAX_REASON_VALUE } from "../limits.ts";
import type { Compile } from "./evaluate.ts";
import { compileGlob, type Fits } from "./glob.ts";
import { heldBy } from "./held.ts";
import { factReason } from "./reasons.ts";
import { spellEntries } from "./spelling.ts";

/** Attachments: as many as `count` says must have one of the types and one of the names. */
export const compileAttachments: Compile<"attachments"> = (given) => {
  const hasType = oneFits(given.type);
  const hasName = oneFits(given.name);
  const max = given.count?.max ?? Number.POSITIVE_INFINITY;
  // "At most none" would never hold together with "at least one".
  const min = given.count?.min ?? Math.min(1, max);
  const condition = spellEntries(given) || "count: { min: 1 }";
  return (mail) => {
    const fitting = mail
      .attachments()
      .filter((attachment) => hasType(attachment.contentType) && namesOf(attachment).some(hasName));
    if (fitting.length < min || fitting.length > max) return undefined;
    return heldBy([factReason("attachments", condition, describe(fitting))]);
  };
};

function oneFits(globs: readonly string[] | undefined): (text: string | null) => boolean {
  if (globs === undefined) return () => true;
  const fits: readonly Fits[] = globs.map(compileGlob);
  return (text) => text !== null && fits.some((globFits) => globFits(text));
}

/** Every name that some mail program shows: `invoice.pdf` in one field and `invoice.exe` in the other is a way to pass. */
function namesOf({ filename, otherNames = [] }: Attachment): readonly (string | null)[] {
  return [filename, ...otherNames];
}

function describe(attachments: readonly Attachment[]): string {
  // A mail can have thousands; more than this is cut anyway.
  const shown = attachments.slice(0, MAX_REASON_VALUE).map(({ filename, contentType }) => filename ?? contentType);
  return shown.length > 0 ? `${attachments.length}: ${shown.join(", ")}` : "none";
}
