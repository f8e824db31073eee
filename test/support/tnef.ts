/** A file to be packed into a winmail.dat. Names that are left out are not written. */
export interface PackedFile {
  readonly title?: Buffer | string;
  readonly shortName?: string;
  readonly longName?: string;
  readonly contentType?: string;
  readonly content?: Buffer;
  /** In place of a content: a winmail.dat that is a message of its own. */
  readonly message?: Buffer;
}

/** What is packed besides the files. */
export interface Packed {
  readonly codePage?: number;
  readonly body?: string;
  readonly html?: string;
}

/** Writes a winmail.dat (MS-OXTNEF), as Outlook does: little-endian, attributes with their checksums. */
export function tnefOf(files: readonly PackedFile[], { codePage = 1252, body, html }: Packed = {}): Buffer {
  const properties = [
    ...(body === undefined ? [] : [property(0x1000, UNICODE, wide(body))]),
    ...(html === undefined ? [] : [property(0x1013, BINARY, Buffer.from(html))]),
  ];
  return Buffer.concat([
    number(0x223e9f78, 4),
    number(1, 2),
    attribute(1, 0x00089006, number(0x00010000, 4)),
    attribute(1, 0x00069007, Buffer.concat([number(codePage, 4), number(0, 4)])),
    attribute(1, 0x00078008, Buffer.from("IPM.Microsoft Mail.Note\0")),
    ...(properties.length > 0 ? [attribute(1, 0x00069003, propertyList(properties))] : []),
    ...files.map(fileAttributes),
  ]);
}

function fileAttributes({ title, shortName, longName, contentType, content, message }: PackedFile): Buffer {
  const properties = [
    number32Property(0x0e20, content?.length ?? 0),
    ...(message === undefined ? [] : [property(0x3701, OBJECT, Buffer.concat([MESSAGE_INTERFACE, message]))]),
    ...(shortName === undefined ? [] : [property(0x3704, STRING8, Buffer.from(`${shortName}\0`, "latin1"))]),
    ...(longName === undefined ? [] : [property(0x3707, UNICODE, wide(`${longName}\0`))]),
    ...(contentType === undefined ? [] : [property(0x370e, STRING8, Buffer.from(`${contentType}\0`))]),
    // What readers must pass over: a property with a name of its own, and one with two values.
    Buffer.concat([
      number(0x0003, 2),
      number(0x8001, 2),
      Buffer.alloc(16),
      number(1, 4),
      variable(wide("Own")),
      number(7, 4),
    ]),
    Buffer.concat([number(0x1003, 2), number(0x6000, 2), number(2, 4), number(1, 4), number(2, 4)]),
  ];
  return Buffer.concat([
    attribute(2, 0x00069002, Buffer.alloc(14)),
    ...(title === undefined ? [] : [attribute(2, 0x00018010, Buffer.concat([Buffer.from(title), Buffer.alloc(1)]))]),
    ...(content === undefined ? [] : [attribute(2, 0x0006800f, content)]),
    attribute(2, 0x00069005, propertyList(properties)),
  ]);
}

const [STRING8, UNICODE, OBJECT, BINARY] = [0x1e, 0x1f, 0x0d, 0x102];
const MESSAGE_INTERFACE = Buffer.from("0703020000000000c000000000000046", "hex");

function attribute(level: number, id: number, content: Buffer): Buffer {
  const checksum = content.reduce((sum, byte) => (sum + byte) & 0xffff, 0);
  return Buffer.concat([number(level, 1), number(id, 4), number(content.length, 4), content, number(checksum, 2)]);
}

function propertyList(properties: readonly Buffer[]): Buffer {
  return Buffer.concat([number(properties.length, 4), ...properties]);
}

function property(id: number, type: number, value: Buffer): Buffer {
  return Buffer.concat([number(type, 2), number(id, 2), number(1, 4), variable(value)]);
}

function number32Property(id: number, value: number): Buffer {
  return Buffer.concat([number(0x0003, 2), number(id, 2), number(value, 4)]);
}

/** A length, the value, and zeros up to a multiple of four. */
function variable(value: Buffer): Buffer {
  return Buffer.concat([number(value.length, 4), value, Buffer.alloc(-value.length & 3)]);
}

function number(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}

function wide(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}
