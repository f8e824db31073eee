import type { RawField } from "../header/header-fields.ts";
import { MAX_SAME_FIELDS } from "../limits.ts";
import { type ParameterizedValue, readParameters } from "./parameters.ts";
import { parameterValue, partNames } from "./part-names.ts";
import { transferEncodingOf } from "./transfer-encoding.ts";

/** What a part's header says of the part (RFC 2045, RFC 2183), read as loosely as mail programs do. */
export interface PartHeader {
  /** Lower case `type/subtype`, or what stands in its place. */
  readonly contentType: string;
  /** Whether the header gives a type at all. */
  readonly isTyped: boolean;
  readonly charset: string | undefined;
  readonly flowed: boolean;
  readonly delSp: boolean;
  /** Of a multipart; bytes as latin1 characters. */
  readonly boundary: string | undefined;
  /** The number of a fragment (message/partial). */
  readonly number: number | undefined;
  readonly transferEncoding: string;
  /** Lower case. */
  readonly disposition: string | undefined;
  /** The name that counts, then those that a mail program might read instead. As they are: they must be cleaned. */
  readonly names: readonly string[];
  readonly hasContentId: boolean;
}

/** @param charset what raw 8-bit file names are probably in, when the part declares no charset itself */
export function readPartHeader(fields: readonly RawField[], charset?: string): PartHeader {
  const all = (name: string): string[] =>
    fields
      .filter((field) => field.name === name)
      .slice(0, MAX_SAME_FIELDS)
      // Programs that stop at a NUL and programs that pass it over would read two different fields.
      .map(({ value }) => value.replaceAll("\0", ""));
  const types = all("content-type").map(readParameters);
  const dispositions = all("content-disposition").map(readParameters);
  const type = types.find(isMultipart) ?? types[0];
  const parameter = (name: string): string | undefined => parameterValue(type?.parameters ?? [], name);
  const contentType = typeName(type?.value ?? "");
  const disposition = dispositions[0]?.value.trim().toLowerCase();
  const declared = parameter("charset");
  return {
    // RFC 2045 section 5.2.
    contentType: type === undefined ? "text/plain" : contentType,
    isTyped: type !== undefined,
    charset: declared,
    flowed: parameter("format")?.toLowerCase() === "flowed",
    delSp: parameter("delsp")?.toLowerCase() === "yes",
    boundary: contentType.startsWith("multipart/") ? boundaryOf(parameter("boundary")) : undefined,
    number: contentType === "message/partial" ? Number(parameter("number")) : undefined,
    transferEncoding: strongest(all("content-transfer-encoding").map(transferEncodingOf)),
    disposition: disposition || undefined,
    names: partNames({ disposition: dispositions, type: types }, declared ?? charset),
    hasContentId: fields.some(({ name }) => name === "content-id"),
  };
}

/** Of two types, a multipart counts: text that only its reader sees is in its parts, and not in their source. */
function isMultipart(type: ParameterizedValue): boolean {
  return (
    typeName(type.value).startsWith("multipart/") &&
    boundaryOf(parameterValue(type.parameters, "boundary")) !== undefined
  );
}

/** `text/html, text/plain` and `text / html` are text/html. */
function typeName(value: string): string {
  const tidy = value.slice(0, 200).trim().toLowerCase().replace(/^"/, "");
  return tidy.replace(/\s{0,20}\/\s{0,20}/, "/").split(/[\s,"]/)[0] ?? "";
}

/** RFC 2046 section 5.1.1: a boundary does not end in white space. An empty one is none. */
function boundaryOf(value: string | undefined): string | undefined {
  return value?.trimEnd() || undefined;
}

/** Of two encodings, the one that changes more: what it hides is text that one of two programs shows. */
function strongest(encodings: readonly string[]): string {
  return ["base64", "quoted-printable"].find((encoding) => encodings.includes(encoding)) ?? encodings[0] ?? "";
}
