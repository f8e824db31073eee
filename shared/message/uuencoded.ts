import { cleanFilename } from "./filename.ts";
import type { Attachment } from "./message.ts";
import { linesOf } from "./slices.ts";

/** The line that begins a uuencoded file: its mode and its name. */
const BEGIN = /^begin [0-7]{3,4} (.{1,1000})$/;

/**
 * The files that stand uuencoded in plain text, as mail carried them before MIME, with their names and sizes. The text
 * itself is left as it is.
 *
 * One pass over the lines: a `begin` inside a file is data of that file, or a megabyte of them would each be followed
 * to the end.
 */
export function uuencodedFiles(text: string): Attachment[] {
  if (!text.startsWith("begin ") && !text.includes("\nbegin ")) return [];
  const files: Attachment[] = [];
  let open: { name: string; size: number } | undefined;
  for (const line of linesOf(text)) {
    if (open === undefined) {
      const name = BEGIN.exec(line)?.[1];
      if (name !== undefined) open = { name, size: 0 };
    } else if (line.trimEnd() === "end") {
      const { name, size } = open;
      files.push({ filename: cleanFilename(name), contentType: "application/octet-stream", size, inline: false });
      open = undefined;
    } else {
      const length = lineLength(line);
      open = length === undefined ? undefined : { name: open.name, size: open.size + length };
    }
  }
  return files;
}

/** How many bytes a line carries, four characters for three; `undefined` when it is prose and not a line of a file. */
function lineLength(line: string): number | undefined {
  if (line.trim() === "") return 0;
  const length = (line.charCodeAt(0) - 0x20) & 0x3f;
  return line.trimEnd().length - 1 < Math.floor((length * 4) / 3) ? undefined : length;
}
