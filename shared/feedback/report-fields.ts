import type { HeaderField } from "../message/message.ts";
import { MAX_VALUE_LENGTH } from "./report-limits.ts";

/** RFC 3464 section 2.1.1 takes the syntax of RFC 822, which allows white space before the colon. */
const FIELD = /^([!-9;-~]{1,80})[ \t]*:(.*)$/;

/**
 * Reads the blocks of fields that a report part has, separated by blank lines (RFC 3464 section 2.1, RFC 5965 section 3).
 *
 * Values are unfolded, with white space folded to single spaces. A line that is neither a field nor folded belongs to the field
 * before it: some servers wrap a long answer without indenting it.
 */
export function readFieldBlocks(text: string): readonly (readonly HeaderField[])[] {
  const blocks: HeaderField[][] = [];
  let block: HeaderField[] = [];
  let field: { name: string; lines: string[] } | undefined;

  function endField(): void {
    if (field !== undefined) block.push({ name: field.name, value: unfold(field.lines) });
    field = undefined;
  }

  function endBlock(): void {
    endField();
    if (block.length > 0) blocks.push(block);
    block = [];
  }

  for (const line of text.split("\n")) {
    const found = /^[ \t]/.test(line) ? null : FIELD.exec(line);
    if (line.trim() === "") endBlock();
    else if (found === null) field?.lines.push(line);
    else {
      endField();
      field = { name: (found[1] ?? "").toLowerCase(), lines: [found[2] ?? ""] };
    }
  }
  endBlock();
  return blocks;
}

function unfold(lines: readonly string[]): string {
  let value = "";
  for (const line of lines) {
    if (value.length >= MAX_VALUE_LENGTH) break;
    value += ` ${line.slice(0, MAX_VALUE_LENGTH)}`;
  }
  return value.replace(/\s+/g, " ").trim().slice(0, MAX_VALUE_LENGTH);
}

/** The first field of this name, if its value says anything. */
export function fieldValue(fields: readonly HeaderField[], name: string): string | undefined {
  return fields.find((field) => field.name === name && field.value !== "")?.value;
}
