import type { ByteReader, Reading } from "./byte-reader.ts";

/** One value of a list of MAPI properties (MS-OXTNEF section 2.1.3.4). */
export interface Property {
  readonly id: number;
  readonly type: number;
  /** Bytes of the value, also where it is not kept. */
  readonly size: number;
  /** The value, unless it is larger than is kept. */
  readonly bytes: Buffer | undefined;
}

export const PROPERTY_TYPE = { string8: 0x1e, unicode: 0x1f, object: 0x0d, binary: 0x102 } as const;

/** Types whose values say their length themselves. */
const VARIABLE = new Set<number>(Object.values(PROPERTY_TYPE));

/** Bytes of a value of the other types, padded to four (MS-OXCDATA section 2.11.1). */
const SIZES: Readonly<Record<number, number>> = {
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};

/** Set in the type of a property that has several values. */
const MULTIPLE = 0x1000;

/** Properties from this number on have a name of their own. */
const NAMED = 0x8000;

/** How many properties and values are read. The attack: a list that says it has four billion. */
const MAX_VALUES = 10_000;

/** How much of a value is kept. */
const MAX_KEPT = 256 * 1024;

/**
 * Reads a list of properties, up to a position in the content, value by value.
 *
 * @param inside is called where a value of the type `object` begins, its length known; it need not read it to its end
 * @returns whether the list was whole
 */
export function* readProperties(
  reader: ByteReader,
  end: number,
  each: (property: Property) => void,
  inside: (end: number) => Reading<boolean>,
): Reading<boolean> {
  const count = yield* number32(reader, end);
  for (let at = 0, values = 0; count !== undefined && at < count; at++) {
    const type = yield* number16(reader, end);
    const id = yield* number16(reader, end);
    if (type === undefined || id === undefined || (id >= NAMED && !(yield* skipName(reader, end)))) return false;
    const single = type & ~MULTIPLE;
    const hasCount = VARIABLE.has(single) || single !== type;
    const valueCount = hasCount ? yield* number32(reader, end) : 1;
    for (let value = 0; value < (valueCount ?? 0); value++) {
      if (++values > MAX_VALUES || !(yield* readValue(single, id))) return false;
    }
    if (valueCount === undefined) return false;
  }
  return count !== undefined;

  function* readValue(type: number, id: number): Reading<boolean> {
    const size = VARIABLE.has(type) ? yield* number32(reader, end) : SIZES[type];
    if (size === undefined || reader.position() + size > end) return false;
    const after = Math.min(end, reader.position() + padded(size));
    const bytes = type !== PROPERTY_TYPE.object && size <= MAX_KEPT ? yield* reader.take(size) : undefined;
    each({ id, type, size, bytes });
    const isWhole = type !== PROPERTY_TYPE.object || (yield* inside(reader.position() + size));
    return (yield* reader.skip(after - reader.position())) && isWhole;
  }
}

/** A GUID, then the name as a number or as text. */
function* skipName(reader: ByteReader, end: number): Reading<boolean> {
  if (!(yield* skipWithin(reader, 16, end))) return false;
  const kind = yield* number32(reader, end);
  const value = yield* number32(reader, end);
  if (kind === undefined || value === undefined) return false;
  return kind === 0 || (yield* skipWithin(reader, padded(value), end));
}

function* skipWithin(reader: ByteReader, length: number, end: number): Reading<boolean> {
  return reader.position() + length <= end && (yield* reader.skip(length));
}

function* number32(reader: ByteReader, end: number): Reading<number | undefined> {
  return reader.position() + 4 <= end ? (yield* reader.take(4))?.readUInt32LE() : undefined;
}

function* number16(reader: ByteReader, end: number): Reading<number | undefined> {
  return reader.position() + 2 <= end ? (yield* reader.take(2))?.readUInt16LE() : undefined;
}

function padded(size: number): number {
  return Math.ceil(size / 4) * 4;
}
