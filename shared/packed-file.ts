import { createHash } from "node:crypto";
import { ConfigurationError } from "./errors.ts";

/** The form that files are packed in. Another one was packed for another version of Mailroom. */
const FORMAT = 1;

/** Names what a checked file says, the same on every machine: 16 hex digits. Comments and the order of keys make no other version. */
export function versionOf(content: unknown): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 16);
}

/**
 * Packs what a person's file says for the functions, which then need neither its parser nor its schema.
 *
 * @param kind the key that the content stands under
 * @param source where it was read, for whoever looks into the packed file
 */
export function packFile(kind: string, content: object, source: string): string {
  return `${JSON.stringify({ format: FORMAT, source, version: versionOf(content), [kind]: content })}\n`;
}

/**
 * Reads a packed file. Its version proves that it is as it was packed, so what is in it is not checked again.
 *
 * @param file its name, for the messages
 * @throws {ConfigurationError} when it is no packed file of this kind, was packed in another format, or was changed since
 */
export function unpackFile(kind: string, text: string, file: string): unknown {
  const packed = parse(text);
  if (packed === undefined) throw wrong(file, `a packed file of ${kind}`, `${text.length} characters that are none`);
  const { format, version, [kind]: content } = packed;
  if (format !== FORMAT) throw wrong(file, `the format ${FORMAT}`, shown(format));
  if (typeof content !== "object" || content === null) throw wrong(file, `the key ${kind}`, "none");
  const actual = versionOf(content);
  if (version !== actual) throw wrong(file, `what the version ${shown(version)} names`, `what ${actual} does`);
  return content;
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function wrong(file: string, expected: string, got: string): ConfigurationError {
  return new ConfigurationError(
    `${file}: expected ${expected}, got ${got}. It is written when the functions are packaged, from a YAML file; package them again`,
  );
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, 50);
}
