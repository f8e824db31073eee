import { createHash } from "node:crypto";
import { type AttachmentStream, MailParser } from "mailparser";

/** All options of mailparser that save work. */
const OPTIONS = {
  skipHtmlToText: true,
  skipTextToHtml: true,
  skipTextLinks: true,
  skipImageLinks: true,
  checksumAlgo: false,
} as const;

/** mailparser's streaming class at its leanest: attachments are drained and released, nothing is kept. */
export function bareLean(raw: Buffer): Promise<void> {
  return run(raw, (attachment) => void attachment.content.resume());
}

/** The same, doing what Mailroom's parser does besides: it hashes the raw bytes and parses attached messages. */
export async function lean(raw: Buffer): Promise<void> {
  createHash("sha256").update(raw).digest("hex");
  const nested: Promise<void>[] = [];
  await run(raw, ({ contentType, content }) => {
    if (contentType === "message/rfc822") nested.push(gathered(content).then(lean));
    else content.resume();
  });
  await Promise.all(nested);
}

function run(raw: Buffer, onAttachment: (attachment: AttachmentStream) => void): Promise<void> {
  const parser = new MailParser(OPTIONS);
  parser.on("data", (part) => {
    if (part.type !== "attachment") return;
    part.content.once("end", () => part.release?.());
    onAttachment(part);
  });
  return new Promise((resolve, reject) => {
    parser.once("end", resolve).once("error", reject).end(raw);
  });
}

function gathered(content: AttachmentStream["content"]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  content.on("data", (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    content.once("end", () => resolve(Buffer.concat(chunks))).once("error", reject);
  });
}
