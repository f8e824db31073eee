import type { Attachment } from "../message.ts";
import { linesOf } from "../slices.ts";
import { cleanFilename } from "./filename.ts";
import { NO_BYTES, type TransferDecoder } from "./transfer-encoding.ts";

/** The line that begins a uuencoded file: its mode and its name. */
const BEGIN = /^begin [0-7]{3,4} (.{1,1000})$/;

/** The line that begins a file in yEnc, which carries bytes as they are: its size and its name. */
const YENC = /^=ybegin (?:[a-z]{1,20}=\d{1,12} {1,3}){0,8}size=(\d{1,12}) {1,3}name=(.{1,1000})$/;

/**
 * The files that stand uuencoded in plain text, as mail carried them before MIME, with their names and sizes. The text
 * itself is left as it is.
 *
 * One pass over the lines: a `begin` inside a file is data of that file, or a megabyte of them would each be followed
 * to the end.
 */
export function uuencodedFiles(text: string): Attachment[] {
  if (!hasLine(text, "begin ")) return [];
  const files: Attachment[] = [];
  let open: { name: string; size: number } | undefined;
  for (const line of linesOf(text)) {
    if (open === undefined) {
      const name = BEGIN.exec(line)?.[1];
      if (name !== undefined) open = { name, size: 0 };
    } else if (line.trimEnd() === "end") {
      files.push(toFile(open.name, open.size));
      open = undefined;
    } else {
      const length = lineLength(line);
      open = length === undefined ? undefined : { name: open.name, size: open.size + length };
    }
  }
  return files;
}

/** The files that stand in plain text in yEnc, with the names and sizes that they are said to have. Several parts of one file are told once each. */
export function yencodedFiles(text: string): Attachment[] {
  if (!hasLine(text, "=ybegin ")) return [];
  const files: Attachment[] = [];
  for (const line of linesOf(text)) {
    const [, size, name] = line.startsWith("=ybegin ") ? (YENC.exec(line.trimEnd()) ?? []) : [];
    if (name !== undefined) files.push(toFile(name, Number(size)));
  }
  return files;
}

function toFile(name: string, size: number): Attachment {
  return { filename: cleanFilename(name), contentType: "application/octet-stream", size, inline: false };
}

function hasLine(text: string, start: string): boolean {
  return text.startsWith(start) || text.includes(`\n${start}`);
}

/** How many bytes a line carries, four characters for three; `undefined` when it is prose and not a line of a file. */
function lineLength(line: string): number | undefined {
  if (line.trim() === "") return 0;
  const length = (line.charCodeAt(0) - 0x20) & 0x3f;
  return line.trimEnd().length - 1 < Math.floor((length * 4) / 3) ? undefined : length;
}

/** Text without a line end that is held back: no line of a uuencoded file is as long. */
const MAX_HELD = 64 * 1024;

/** Decodes a part whose transfer encoding is uuencode, as some programs sent it in the first years of MIME. */
export function createUudecoder(): TransferDecoder {
  let held = "";
  let isOpen = false;

  function decodeLine(line: string): Buffer {
    if (BEGIN.test(line.trimEnd())) isOpen = true;
    else if (line.trimEnd() === "end") isOpen = false;
    else if (isOpen) return uudecodeLine(line);
    return NO_BYTES;
  }

  return {
    decode(chunk) {
      const lines = (held + chunk.toString("latin1")).split("\n");
      held = (lines.pop() ?? "").slice(0, MAX_HELD);
      return Buffer.concat(lines.map(decodeLine));
    },
    end: () => decodeLine(held),
  };
}

/** A line: a character for the number of bytes, then four characters for three bytes each. */
function uudecodeLine(line: string): Buffer {
  const length = sixBits(line, 0);
  const bytes = Buffer.alloc(Math.ceil(length / 3) * 3);
  for (let at = 0, from = 1; at < length; at += 3, from += 4) {
    const [a, b, c, d] = [
      sixBits(line, from),
      sixBits(line, from + 1),
      sixBits(line, from + 2),
      sixBits(line, from + 3),
    ];
    bytes.writeUIntBE((a << 18) | (b << 12) | (c << 6) | d, at, 3);
  }
  return bytes.subarray(0, length);
}

function sixBits(line: string, at: number): number {
  return at < line.length ? (line.charCodeAt(at) - 0x20) & 0x3f : 0;
}
