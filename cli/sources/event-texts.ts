import { createReadStream } from "node:fs";
import type { FilePath } from "./open-folder.ts";

/** The text of one event in a file. */
export interface EventText {
  /** `undefined` where the whole file is one. */
  readonly line: number | undefined;
  readonly text: string;
}

/**
 * Characters of one event, or of a file that is one: a call of Lambda takes 6 MB, an export of many events in one array more. The attack: a
 * line without an end, which would fill the memory.
 */
const MAX_LENGTH = 64 * 1024 * 1024;

/**
 * The events of a file: each line is one where the first is (NDJSON), else the whole file is.
 *
 * Lines are read one by one, so that a file of millions needs no memory. A first line that is broken does not hide those behind it.
 *
 * @throws when the file cannot be read, or one text in it is too long
 */
export async function* eventTexts(path: FilePath): AsyncGenerator<EventText> {
  const lines = filledLines(path);
  const head = [...(await take(lines)), ...(await take(lines))];
  const [first, second] = head;
  if (second === undefined) {
    yield { line: undefined, text: first?.text ?? "" };
    return;
  }
  if (!isJsonObject(first?.text ?? "")) {
    const rest = await gather(head, lines);
    const whole = rest.map(({ text }) => text).join("\n");
    if (isJson(whole) || !isJsonObject(second.text)) yield { line: undefined, text: whole };
    else yield* rest;
    return;
  }
  yield* head;
  yield* lines;
}

type Line = EventText & { readonly line: number };

async function take(lines: AsyncGenerator<Line>): Promise<readonly Line[]> {
  const { value, done } = await lines.next();
  return done ? [] : [value];
}

async function gather(head: readonly Line[], rest: AsyncIterable<Line>): Promise<readonly Line[]> {
  const lines = [...head];
  let length = head.reduce((sum, { text }) => sum + text.length, 0);
  for await (const line of rest) {
    length += line.text.length;
    if (length > MAX_LENGTH) throw tooLong();
    lines.push(line);
  }
  return lines;
}

/** The lines that hold anything, with their numbers. */
async function* filledLines(path: FilePath): AsyncGenerator<Line> {
  let parts: string[] = [];
  let length = 0;
  let number = 0;
  function* ended(): Generator<Line> {
    const text = parts.join("");
    number += 1;
    [parts, length] = [[], 0];
    if (text.trim() !== "") yield { line: number, text };
  }
  for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
    const [first = "", ...more] = chunk.split("\n");
    for (const [at, piece] of [first, ...more].entries()) {
      if (at > 0) yield* ended();
      parts.push(piece);
      length += piece.length;
      if (length > MAX_LENGTH) throw tooLong();
    }
  }
  yield* ended();
}

function tooLong(): Error {
  return new Error(
    `one event in it is longer than ${MAX_LENGTH / (1024 * 1024)} MB; many events belong on a line each`,
  );
}

function isJsonObject(text: string): boolean {
  return text.trimStart().startsWith("{") && isJson(text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text.trim());
    return true;
  } catch {
    return false;
  }
}
