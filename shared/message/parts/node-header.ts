import { readFields } from "../header/header-fields.ts";
import { type PartHeader, readPartHeader } from "./part-header.ts";

/** The header of a node of the mail's tree, a multipart or a leaf, as we read it. */
export interface NodeHeader extends PartHeader {
  /** The mail has no parts: this is all of it. */
  readonly isWhole: boolean;
  /** Lines of the header that are text to a stricter reader, bytes: see `readFields`. None in ordinary mail. */
  readonly doubtful: Buffer;
  /** Lines of the header that are body, bytes, because the empty line between is missing. */
  readonly lost: Buffer;
}

/**
 * @param charset what the parts before declare
 * @param parent the subtype of the multipart that the node stands in; `undefined` for the whole mail, empty where it has none
 */
export function readNodeHeader(bytes: Buffer, charset: string | undefined, parent: string | undefined): NodeHeader {
  const { fields, body, doubtful } = readFields(bytes.toString("latin1"));
  const header = readPartHeader(fields, charset);
  return {
    ...header,
    // RFC 2046 section 5.1.5: a part of a digest is a message unless it says otherwise.
    contentType: parent === "digest" && !header.isTyped ? "message/rfc822" : header.contentType,
    isWhole: parent === undefined,
    doubtful: Buffer.from(doubtful, "latin1"),
    lost: Buffer.from(body, "latin1"),
  };
}
