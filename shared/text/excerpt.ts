import { joinsLines } from "./unspaced.ts";

/** UTF-16 units shown on either side of what was found. */
const AROUND = 40;

/** UTF-16 units shown of what was found: between its letters may stand a megabyte of white space or invisible characters. */
const MAX_FOUND = 120;

/**
 * A run of white space, of what is not shown, or of both: it is one space at most. Control characters, and those that change the direction of the text (UAX 9), could
 * make a line of a terminal or a page say something else. Lone surrogates are no characters.
 */
const REWRITTEN = /[\s\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

const LINE_BREAK = /^[ \r]*\n[ \r]*$/;

/** What stands around a place of a text, on one line. */
export interface Excerpt {
  readonly text: string;
  /** Where what was found stands in it, as much of it as is shown: UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

/** What stands around `start` to `end`, on one line, with `…` where the text goes on. */
export function excerpt(text: string, start: number, end: number): Excerpt {
  const from = edge(text, Math.max(0, start - AROUND));
  const to = edge(text, Math.min(text.length, Math.min(end, start + MAX_FOUND) + AROUND));
  const around = text.slice(from, to);
  const runs = runsIn(around);
  const line = written(around, runs);
  const shown = line.trim();
  const before = from > 0 ? "…" : "";
  const left = line.length - line.trimStart().length;
  const place = (inLine: number) => before.length + Math.min(Math.max(inLine - left, 0), shown.length);
  return {
    text: `${before}${shown}${to < text.length ? "…" : ""}`,
    start: place(inOneLine(runs, start - from, "start")),
    end: place(inOneLine(runs, Math.min(end, to) - from, "end")),
  };
}

/** UTF-16 units of a value, such as one of a file, that a message quotes. */
export const MAX_QUOTED = 40;

/** A text on one line, cut at a character's edge when it is longer than `most` UTF-16 units. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return oneLine(text).trim();
  return `${oneLine(text.slice(0, edge(text, most))).trim()}…`;
}

/** A text on one line, without characters that are not to be shown. */
function oneLine(text: string): string {
  return written(text, runsIn(text));
}

/** What does not stand for itself in a text, and what is written for it. */
interface Run {
  readonly start: number;
  readonly end: number;
  readonly written: "" | " ";
}

function runsIn(text: string): readonly Run[] {
  return Array.from(text.matchAll(REWRITTEN), ({ 0: run, index }) => ({
    start: index,
    end: index + run.length,
    written: writtenFor(text, run, index),
  }));
}

function written(text: string, runs: readonly Run[]): string {
  let line = "";
  let from = 0;
  for (const run of runs) {
    line += text.slice(from, run.start) + run.written;
    from = run.end;
  }
  return line + text.slice(from);
}

/** Where a place of the text stands in its one line. White space that what was found begins or ends with belongs to it. */
function inOneLine(runs: readonly Run[], place: number, side: "start" | "end"): number {
  let saved = 0;
  for (const {
    start,
    end,
    written: { length },
  } of runs) {
    if (start >= place) break;
    if (place < end) return start - saved + (side === "end" ? length : 0);
    saved += end - start - length;
  }
  return place - saved;
}

/** What is written for characters that do not stand for themselves. */
function writtenFor(text: string, run: string, at: number): "" | " " {
  if (!/\s/.test(run)) return "";
  const behind = at + run.length;
  const joined =
    LINE_BREAK.test(run) && joinsLines(text.slice(Math.max(0, at - 2), at), text.slice(behind, behind + 2));
  return joined ? "" : " ";
}

/** The place itself, or the one before when it would part a surrogate pair. */
function edge(text: string, place: number): number {
  const code = text.charCodeAt(place);
  const parts = place > 0 && code >= 0xdc00 && code <= 0xdfff && (text.charCodeAt(place - 1) & 0xfc00) === 0xd800;
  return parts ? place - 1 : place;
}
