import type { IncomingHttpHeaders } from "node:http";
import { crc32 } from "node:zlib";

/** CRC-32 as S3 writes it: four bytes, big endian, base64. */
export function crc32Base64(bytes: Uint8Array): string {
  const digest = Buffer.alloc(4);
  digest.writeUInt32BE(crc32(bytes));
  return digest.toString("base64");
}

/**
 * What was uploaded, out of `aws-chunked` if it came so (size in hex, CRLF, bytes, CRLF, …, trailing headers).
 *
 * @throws {Error} when the body does not keep to its own chunks, or its CRC-32 is wrong
 */
export function uploadedBytes(body: Buffer, headers: IncomingHttpHeaders): Buffer {
  const chunked = String(headers["content-encoding"]).includes("aws-chunked");
  const { bytes, trailer } = chunked ? unchunk(body) : { bytes: body, trailer: "" };
  const declared = headers["x-amz-decoded-content-length"];
  if (declared !== undefined && Number(declared) !== bytes.length) {
    throw new Error(`expected ${declared} decoded bytes, got ${bytes.length}`);
  }
  const sent = headers["x-amz-checksum-crc32"] ?? /x-amz-checksum-crc32:(\S+)/.exec(trailer)?.[1];
  if (sent !== undefined && sent !== crc32Base64(bytes)) throw new Error(`BadDigest: got ${String(sent)}`);
  return bytes;
}

function unchunk(body: Buffer): { bytes: Buffer; trailer: string } {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const lineEnd = body.indexOf("\r\n", at);
    if (lineEnd < 0) throw new Error("aws-chunked: a chunk without a size line");
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    at = lineEnd + 2;
    if (size === 0) return { bytes: Buffer.concat(chunks), trailer: body.toString("latin1", at) };
    chunks.push(body.subarray(at, at + size));
    if (body.toString("latin1", at + size, at + size + 2) !== "\r\n")
      throw new Error("aws-chunked: a chunk of wrong size");
    at += size + 2;
  }
}
