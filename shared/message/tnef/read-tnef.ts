import { decodeText } from "../charset/decode-text.ts";
import { createByteReader, type Reading } from "./byte-reader.ts";
import { ATTRIBUTE, MESSAGE_INTERFACE, NAME_PROPERTIES, PROPERTY, SIGNATURE } from "./numbers.ts";
import { PROPERTY_TYPE, type Property, readProperties } from "./properties.ts";

/** A file in a winmail.dat. */
interface TnefFile {
  /** The name that counts, then the others; as they are: they must be cleaned. */
  readonly names: readonly string[];
  readonly contentType: string;
  readonly size: number;
}

export interface Tnef {
  /** The files, with those of messages inside it. */
  readonly files: readonly TnefFile[];
  /** Its texts, and those of messages inside it, where they are not RTF. */
  readonly text: readonly string[];
  readonly html: readonly string[];
  /** It is not whole, or no TNEF at all: the files are those that were read until then. */
  readonly isBroken: boolean;
}

/** How many files are listed. The attack: 40 MB of attachments without a byte. */
const MAX_FILES = 1_000;
/** How deep messages inside are followed. */
const MAX_DEPTH = 8;
/** How large an attribute may be that is held as a whole: names and texts. */
const MAX_KEPT = 256 * 1024;
/** Characters of text in all. */
const MAX_TEXT = 1024 * 1024;
/** Attributes of all messages inside together. The attack: 40 MB of attributes without a byte. */
const MAX_ATTRIBUTES = 100_000;

/** What is known while a stream is read. */
interface State {
  readonly depth: number;
  codePage: string | undefined;
  file: OpenFile | undefined;
}

interface OpenFile {
  title: string | undefined;
  readonly named: Map<number, string>;
  contentType: string | undefined;
  size: number;
}

/** Reads a winmail.dat as it comes. */
export interface TnefReader {
  push(chunk: Buffer): void;
  end(): Tnef;
}

/**
 * Reads the names of the files in a winmail.dat (TNEF), in which Outlook packs attachments: without it a rule for `*.exe` sees
 * one file of no interest. No more than one name or text of it is held at a time.
 */
export function createTnefReader(): TnefReader {
  const reading = readTnef();
  let step = reading.next();
  return {
    push(chunk) {
      if (!step.done) step = reading.next(chunk);
    },
    end() {
      while (!step.done) step = reading.next(undefined);
      return step.value;
    },
  };
}

function* readTnef(): Reading<Tnef> {
  const files: OpenFile[] = [];
  const found = { text: [] as string[], html: [] as string[] };
  const reader = createByteReader();
  let attributes = 0;
  let textLeft = MAX_TEXT;

  /** One stream: its signature, a key of two bytes that says nothing, attributes. */
  function* readStream(end: number, depth: number): Reading<boolean> {
    const head = yield* reader.take(6);
    if (head?.readUInt32LE() !== SIGNATURE) return false;
    const state: State = { depth, codePage: undefined, file: undefined };
    let isWhole = true;
    while (reader.position() < end && !(yield* reader.isDone())) {
      // Its level, its number, its length.
      const attribute = yield* reader.take(9);
      if (attribute === undefined || ++attributes > MAX_ATTRIBUTES) return false;
      const length = attribute.readUInt32LE(5);
      const after = reader.position() + length;
      if (after > end) return false;
      isWhole = (yield* readAttribute(attribute.readUInt32LE(1), length, state)) && isWhole;
      // A checksum of two bytes, which nobody checks.
      if (!(yield* reader.skip(after + 2 - reader.position()))) return false;
    }
    return isWhole;
  }

  function* readAttribute(attribute: number, length: number, state: State): Reading<boolean> {
    const end = reader.position() + length;
    const isFile = attribute === ATTRIBUTE.attachmentProperties;
    if (isFile || attribute === ATTRIBUTE.messageProperties) {
      const each = isFile ? fileProperty : messageProperty;
      return yield* readProperties(
        reader,
        end,
        (property) => each(property, state),
        (last) => readInside(last, state),
      );
    }
    const keep = ATTRIBUTES[attribute];
    if (keep === undefined) return true;
    const bytes =
      length <= MAX_KEPT && attribute !== ATTRIBUTE.attachmentData ? yield* reader.take(length) : Buffer.alloc(0);
    if (bytes !== undefined) keep(bytes, length, state);
    return bytes !== undefined;
  }

  const ATTRIBUTES: Readonly<Record<number, (bytes: Buffer, length: number, state: State) => void>> = {
    [ATTRIBUTE.codePage]: (bytes, _, state) => {
      if (bytes.length >= 4) state.codePage = codePageName(bytes.readUInt32LE());
    },
    [ATTRIBUTE.body]: (bytes, _, state) => keepText("text", narrowText(bytes, state.codePage)),
    [ATTRIBUTE.attachmentRendering]: (_bytes, _length, state) => {
      state.file = { title: undefined, named: new Map(), contentType: undefined, size: 0 };
      if (files.length < MAX_FILES) files.push(state.file);
    },
    [ATTRIBUTE.attachmentTitle]: (bytes, _, state) => {
      if (state.file !== undefined) state.file.title = narrowText(bytes, state.codePage);
    },
    [ATTRIBUTE.attachmentData]: (_, length, state) => {
      if (state.file !== undefined) state.file.size = length;
    },
  };

  function fileProperty(property: Property, { file, codePage }: State): void {
    if (file === undefined) return;
    const { id, size } = property;
    if (id === PROPERTY.attachData && file.size === 0) file.size = size;
    const text = NAME_PROPERTIES.includes(id) || id === PROPERTY.attachMimeTag ? textOf(property, codePage) : undefined;
    if (text === undefined) return;
    if (id === PROPERTY.attachMimeTag) file.contentType = text.trim().toLowerCase();
    else file.named.set(id, text);
  }

  function messageProperty(property: Property, { codePage }: State): void {
    if (property.id === PROPERTY.body) keepText("text", textOf(property, codePage) ?? "");
    if (property.id === PROPERTY.bodyHtml) keepText("html", narrowText(property.bytes ?? Buffer.alloc(0), codePage));
  }

  function keepText(kind: "text" | "html", text: string): void {
    const kept = text.slice(0, textLeft);
    textLeft -= kept.length;
    if (kept !== "") found[kind].push(kept);
  }

  /** A message inside is a stream of its own, behind the number of its interface. */
  function* readInside(end: number, { depth }: State): Reading<boolean> {
    const kind = reader.position() + 16 <= end ? yield* reader.take(16) : undefined;
    if (kind === undefined) return false;
    return !kind.equals(MESSAGE_INTERFACE) || (depth < MAX_DEPTH && (yield* readStream(end, depth + 1)));
  }

  const isWhole = yield* readStream(Number.POSITIVE_INFINITY, 0);
  return { files: files.map(toFile), ...found, isBroken: !isWhole };
}

function toFile({ title, named, contentType, size }: OpenFile): TnefFile {
  const names = [...NAME_PROPERTIES.map((id) => named.get(id)), title].filter((name) => name !== undefined);
  return { names, contentType: contentType || "application/octet-stream", size };
}

function textOf({ type, bytes }: Property, codePage: string | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  if (type === PROPERTY_TYPE.string8) return narrowText(bytes, codePage);
  return type === PROPERTY_TYPE.unicode ? withoutEnd(decodeText(bytes, "utf-16le").text) : undefined;
}

function narrowText(bytes: Buffer, codePage: string | undefined): string {
  return withoutEnd(decodeText(bytes, codePage).text);
}

/** Texts end with a NUL. */
function withoutEnd(text: string): string {
  return text.split("\0", 1)[0] ?? "";
}

function codePageName(codePage: number): string {
  return codePage === 65001 ? "utf-8" : `cp${codePage}`;
}
