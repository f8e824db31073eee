import { type ByteSink, createByteSink } from "../byte-sink.ts";

/** A multipart in which no part has come: what stands in it, bytes. */
export interface Preamble<Header> {
  readonly header: Header;
  readonly bytes: Buffer;
}

/** How much is kept, of all multiparts together. The attack: a thousand multiparts of 40 KB in which no part comes. */
const MAX_PREAMBLE = 256 * 1024;

/**
 * Keeps what stands in a multipart until its first part comes. When none comes, because its delimiter is misspelt, its reader
 * sees it as text, and it must be searched.
 */
export function createPreambles<Node extends object, Header>() {
  const open = new Map<Node, { header: Header; text: ByteSink }>();
  let left = MAX_PREAMBLE;
  return {
    open(node: Node, header: Header): void {
      open.set(node, { header, text: createByteSink() });
    },
    /** A part has come in it. */
    close(node: Node): void {
      open.delete(node);
    },
    add(node: Node, bytes: Buffer): void {
      const preamble = open.get(node);
      if (preamble === undefined) return;
      preamble.text.push(bytes.subarray(0, left));
      left -= Math.min(left, bytes.length);
    },
    all(): readonly Preamble<Header>[] {
      const preambles = [...open.values()].map(({ header, text }) => ({ header, bytes: text.bytes() }));
      return preambles.filter(({ bytes }) => bytes.toString("latin1").trim() !== "");
    },
  };
}
