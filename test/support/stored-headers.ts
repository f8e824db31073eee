import { parseMailDate } from "../../shared/message/header/date.ts";
import type { StoredMail } from "../../shared/receipt/rebuild-receipt.ts";
import type { Field } from "../../shared/receipt/ses-block.ts";

/** The fields of a header block written as text: unfolded, in order. */
export function headerFields(block: string): Field[] {
  const unfolded = block.trim().replace(/\n[ \t]+/g, " ");
  return unfolded.split("\n").map((line) => {
    const colon = line.indexOf(":");
    return { name: line.slice(0, colon).toLowerCase(), value: line.slice(colon + 1).trim() };
  });
}

/** A stored mail with this header block, no Date header unless told. */
export function storedMail(block: string, date: string | null = null): StoredMail {
  return { headers: headerFields(block), sha256: "ab".repeat(32), date, readDate: parseMailDate };
}
