import { Composer, type CST, type Document, Lexer, LineCounter, Parser, type YAMLError } from "yaml";
import { shorten } from "../text/excerpt.ts";
import { MAX_LIBRARY_WORDS, MAX_YAML_LEXEMES } from "./limits.ts";

/** A YAML text as its reader sees it, mistakes and all. */
export interface YamlSyntax {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
  readonly errors: readonly YamlSyntaxError[];
}

export type Unclosed = "a quote" | "a [" | "a {";

interface YamlSyntaxError {
  readonly offset: number;
  readonly message: string;
  /** What follows may not be what was meant. */
  readonly misread: boolean;
  /** What is never closed: it is to be pointed at, as `offset` is where the file ends. */
  readonly unclosed?: Unclosed;
}

/**
 * Reads the syntax of a YAML text. What is wrong is in `errors`; the document then holds what could be made out.
 *
 * @returns `undefined` when the text has more lexemes than are read
 */
export function readYamlSyntax(source: string): YamlSyntax | undefined {
  const lines = countLines(source);
  const tokens = parseTokens(source);
  if (tokens === undefined) return undefined;
  // Repeated keys are found by us: the library compares each key with all before it, which is quadratic.
  const composer = new Composer({
    prettyErrors: false,
    uniqueKeys: false,
    resolveKnownTags: false,
    logLevel: "silent",
  });
  const [document, second] = composer.compose(tokens, true, source.length);
  if (document === undefined) throw new Error("The YAML library gave no document although one was asked for");
  const tags = document.warnings.filter(({ code }) => code === "TAG_RESOLVE_FAILED");
  const errors: YamlSyntaxError[] = [...document.errors, ...tags].map(describe);
  if (second) {
    const message = "the file is one document: leave out what begins with this line";
    errors.push({ offset: second.range[0], message, misread: false });
  }
  return { document: document as Document.Parsed, lines, errors };
}

/** Where the lines begin. The library's parser tells that too, but loses lines after some mistakes. */
function countLines(source: string): LineCounter {
  const lines = new LineCounter();
  for (let start = 0; start >= 0; ) {
    lines.addNewLine(start);
    const end = source.indexOf("\n", start);
    start = end < 0 ? -1 : end + 1;
  }
  return lines;
}

function parseTokens(source: string): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(source)) {
    if (++lexemes > MAX_YAML_LEXEMES) return undefined;
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  tokens.push(...parser.end());
  return tokens;
}

/** Mistakes that are confined to one value: around them the file reads as it was meant. */
const LEAVES_STRUCTURE: ReadonlySet<string> = new Set([
  "BAD_DQ_ESCAPE",
  "BAD_ALIAS",
  "BAD_SCALAR_START",
  "TAG_RESOLVE_FAILED",
]);

const WORDS: Readonly<Record<string, string>> = {
  BAD_ALIAS: "text that begins with * must be in quotes",
  BAD_DQ_ESCAPE:
    "in double quotes a backslash begins an escape; write the text in single quotes, or the backslash twice",
  BAD_INDENT: "this is not indented like the lines it belongs to",
  BAD_SCALAR_START: "text that begins with @, `, % or another sign of YAML must be in quotes",
  BLOCK_AS_IMPLICIT_KEY: "a second colon on this line; text with a colon and a space in it must be in quotes",
  KEY_OVER_1024_CHARS: "a key has at most 1024 characters",
  RESOURCE_EXHAUSTION: "nested too deep",
  TAB_AS_INDENT: "a tab; indent with spaces",
  TAG_RESOLVE_FAILED: "unknown tag; text that begins with ! must be in quotes",
};

/** What the library says with the same code for unlike mistakes. */
const UNCLOSED = [
  { says: /^Missing closing/, unclosed: "a quote" },
  { says: /^Flow sequence .* end with a/, unclosed: "a [" },
  { says: /^Flow map .* end with a/, unclosed: "a {" },
] as const;

/** The library's message for those that are rare, ours for those that people make. */
function describe({ code, message, pos }: YAMLError): YamlSyntaxError {
  const at = { offset: pos[0], misread: !LEAVES_STRUCTURE.has(code) };
  const unclosed = UNCLOSED.find(({ says }) => says.test(message))?.unclosed;
  if (unclosed) return { ...at, unclosed, message: `${unclosed} is opened here and never closed` };
  return { ...at, message: WORDS[code] ?? `not valid YAML: ${shorten(message, MAX_LIBRARY_WORDS)}` };
}
