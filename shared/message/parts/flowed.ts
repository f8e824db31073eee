/** UTF-16 units. A longer text stays as it is: nobody reads it, and the search folds its line ends anyway. */
const MAX_FLOWED = 1024 * 1024;

/**
 * Joins the lines of `format=flowed` text as its sender meant them (RFC 3676): a line that ends in a space goes on in
 * the next one of the same quote depth, and space-stuffing is undone.
 *
 * @param delSp whether the space that marks a soft break is to be dropped, as in text without spaces between words
 */
export function unflow(text: string, delSp: boolean): string {
  if (text.length > MAX_FLOWED) return text;
  const out: string[] = [];
  let open: { depth: number; parts: string[] } | undefined;
  for (const line of text.split("\n")) {
    const depth = quoteDepth(line);
    const content = line.slice(depth).replace(/^ /, "");
    const isSignature = content === "-- ";
    const soft = content.endsWith(" ") && !isSignature;
    if (open !== undefined && (open.depth !== depth || isSignature)) open = close(open, out);
    open ??= { depth, parts: [] };
    open.parts.push(soft && delSp ? content.slice(0, -1) : content);
    if (!soft) open = close(open, out);
  }
  close(open, out);
  return out.join("\n");
}

function close(open: { depth: number; parts: string[] } | undefined, out: string[]): undefined {
  if (open !== undefined) out.push((open.depth > 0 ? `${">".repeat(open.depth)} ` : "") + open.parts.join(""));
  return undefined;
}

function quoteDepth(line: string): number {
  let depth = 0;
  while (line[depth] === ">") depth++;
  return depth;
}
