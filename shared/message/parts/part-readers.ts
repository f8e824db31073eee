import { MAX_NESTING_DEPTH } from "../limits.ts";
import { textLines } from "../slices.ts";
import { readTnef } from "../tnef/read-tnef.ts";
import type { Gathered } from "./gathered-parts.ts";
import type { LeafPart } from "./leaf-parts.ts";
import type { PartKind } from "./part-kind.ts";
import { namedAs, readText, toAttachment } from "./parts.ts";
import type { Content } from "./read-content.ts";
import { uuencodedFiles, yencodedFiles } from "./uuencoded.ts";

/** Reads the content of a part to its end. */
type ReadPart = (part: LeafPart, content: Content, gathered: Gathered) => Promise<void>;

/** How a part of each kind is read. */
export const PART_READERS: Readonly<Record<PartKind, ReadPart>> = {
  plain: (part, content, gathered) => readTextPart(part, content, gathered, "plain"),
  html: (part, content, gathered) => readTextPart(part, content, gathered, "html"),
  message: readMessagePart,
  report: readReportPart,
  tnef: readTnefPart,
  file: async (part, content, { list }) => list(toAttachment(part, await content.size())),
};

async function readTextPart(
  part: LeafPart,
  content: Content,
  gathered: Gathered,
  kind: "plain" | "html",
): Promise<void> {
  const { reading, tell, list, hints, spend } = gathered;
  const { bytes, size } = await content.bytes(reading.budget.text);
  gathered.hint(part.charset);
  const read = readText(part, bytes, hints());
  gathered[kind].push(read.text);
  if (read.problem !== undefined) tell(read.problem);
  if (bytes.length < size) tell("textTooLarge");
  for (const aside of part.asides()) gathered[kind].push(readText(part, spend(aside), hints()).text);
  if (part.asides().length > 0) tell("brokenEncoding");
  // A text part with a file name is shown in the mail and listed beside it.
  if (part.names.length > 0) list(toAttachment(part, size));
  if (kind === "plain") [...uuencodedFiles(read.text), ...yencodedFiles(read.text)].forEach(list);
}

/** A line that is a field, of which the machine-readable part of a report consists. */
const FIELD_LINE = /^[A-Za-z][\w-]{0,60}[ \t]{0,9}:/m;

async function readReportPart(part: LeafPart, content: Content, gathered: Gathered): Promise<void> {
  const { reading, reportParts, plain, tell, list } = gathered;
  const { bytes, size } = await content.bytes(reading.budget.report);
  const { text } = readText(part, bytes);
  reportParts.push({ contentType: part.contentType, text });
  // Some systems write the words for a person into the part for machines.
  if (!FIELD_LINE.test(text)) plain.push(text);
  if (bytes.length < size) tell("textTooLarge");
  if (part.names.length > 0) list(toAttachment(part, size));
}

/** Listed are the file itself and, behind it, the files in it. */
async function readTnefPart(part: LeafPart, content: Content, gathered: Gathered): Promise<void> {
  const { plain, html, tell, list, spend } = gathered;
  let size = 0;
  async function* counted(): AsyncGenerator<Buffer> {
    for await (const chunk of content.stream()) {
      size += chunk.length;
      yield chunk;
    }
  }
  const chunks = counted();
  const tnef = await readTnef(chunks);
  // One that is broken is left where it breaks, and the part must be read to its end.
  while (!(await chunks.next()).done);
  list(toAttachment(part, size));
  for (const { names, ...file } of tnef.files) list({ ...namedAs(names), ...file, inline: false });
  plain.push(...tnef.text.map(spend).map(textLines));
  html.push(...tnef.html.map(spend));
  if (tnef.isBroken) tell("brokenTnef");
}

async function readMessagePart(part: LeafPart, content: Content, gathered: Gathered): Promise<void> {
  const { reading, nested, tell, list } = gathered;
  const { depth, budget, readNested } = reading;
  const refusal =
    depth >= MAX_NESTING_DEPTH ? "nestedTooDeep" : budget.nestedMessages <= 0 ? "tooManyNested" : undefined;
  if (refusal !== undefined) {
    tell(refusal);
    return list(toAttachment(part, await content.size()));
  }
  budget.nestedMessages--;
  const message = await readNested(content.stream());
  nested.push(message);
  if (part.names.length > 0 || part.disposition === "attachment") list(toAttachment(part, message.size));
}
