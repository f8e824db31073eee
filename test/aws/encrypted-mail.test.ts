import { pipeline, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { finished } from "node:stream/promises";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decryptMail, isEncrypted, type MailEncryption, readEncryption } from "../../shared/aws/encrypted-mail.ts";
import { MailUndecryptableError } from "../../shared/errors.ts";
import { MAX_MAIL_BYTES } from "../../shared/message/limits.ts";
import { CONTEXT, DATA_KEY, encryptedBody, encryptionMetadata, IV } from "../support/encrypted-mails.ts";

const METADATA = encryptionMetadata(Buffer.from("wrapped"), 90);

function encryption(size: number | undefined): MailEncryption {
  return { encryptedKey: Buffer.from("wrapped"), iv: IV, context: CONTEXT, size };
}

/** Decrypts a body that comes in chunks of these sizes, over and over. */
function decrypt(body: Buffer, size: number | undefined, chunkSizes = [65536], dataKey = DATA_KEY): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for (let at = 0, i = 0; at < body.length; i++) {
    const end = at + Math.max(1, chunkSizes[i % chunkSizes.length] ?? 1);
    chunks.push(body.subarray(at, end));
    at = end;
  }
  return buffer(pipeline(Readable.from(chunks), decryptMail("raw/1", dataKey, encryption(size)), () => {}));
}

const mails = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
const chunkings = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 });

describe("decrypting", () => {
  test("a mail as SES encrypts it, with the key at hand", async () => {
    const body = Buffer.from(
      "AXC5dv/Fo3XsAfTn2IwWGa2z/1WdCzMZNW2x6idJb8BlddyP76xz8RiKHo7l4gZdljgN/TazrtBs4khzfYCB1NBsiVrn5hdQEV6nZL/ja4lL7+kRHgojRvD3ly3Ly7HB0Je2HGc/xGEbMA==",
      "base64",
    );
    const mail = await decrypt(body, 90);
    expect(String(mail)).toBe(
      "From: ana@client.example\r\nTo: orders@mail.acme.example\r\nSubject: PO 4711\r\n\r\nPlease ship.\r\n",
    );
  });

  test("any mail, however it comes in chunks, decrypts to itself", async () => {
    await fc.assert(
      fc.asyncProperty(mails, chunkings, fc.boolean(), async (mail, chunking, sized) => {
        const decrypted = await decrypt(encryptedBody(mail), sized ? mail.length : undefined, chunking);
        expect(decrypted.equals(mail)).toBe(true);
      }),
    );
  });

  test("trap 1.8, of what turns out too large on the way, no more is given than SES takes in, and then an error", async () => {
    const slice = Buffer.alloc(1 << 20);
    const large = Readable.from(Array.from({ length: (MAX_MAIL_BYTES >> 20) + 10 }, () => slice));
    const decrypted = pipeline(large, decryptMail("raw/1", DATA_KEY, encryption(undefined)), () => {});
    let given = 0;
    decrypted.on("data", (chunk: Buffer) => {
      given += chunk.length;
    });
    await expect(finished(decrypted)).rejects.toThrow(/larger than SES takes in/);
    expect(given).toBeLessThanOrEqual(MAX_MAIL_BYTES);
  });

  test("trap 1.8, a bit that flipped anywhere is an error", async () => {
    await fc.assert(
      fc.asyncProperty(mails, chunkings, fc.nat(), async (mail, chunking, bit) => {
        const body = encryptedBody(mail);
        const at = bit % (body.length * 8);
        body.writeUInt8(body.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
        await expect(decrypt(body, undefined, chunking)).rejects.toThrow(MailUndecryptableError);
      }),
    );
  });

  test("trap 1.8, a body that was cut or has more behind it is an error, never a short mail", async () => {
    await fc.assert(
      fc.asyncProperty(mails, chunkings, fc.nat(), mails, async (mail, chunking, cut, more) => {
        const body = encryptedBody(mail);
        const changed = more.length > 0 ? Buffer.concat([body, more]) : body.subarray(0, cut % body.length);
        await expect(decrypt(changed, undefined, chunking)).rejects.toThrow(MailUndecryptableError);
      }),
    );
  });

  test("another length than SES stated is an error, also where the tag fits", async () => {
    const decrypting = decrypt(encryptedBody(Buffer.from("mail")), 5);
    await expect(decrypting).rejects.toThrow("expected 5 bytes of mail, got 4");
  });

  test("another mail's key is an error", async () => {
    const decrypting = decrypt(encryptedBody(Buffer.from("mail")), 4, [10], Buffer.alloc(32, 7));
    await expect(decrypting).rejects.toThrow(MailUndecryptableError);
  });

  test.each([0, 16, 31, 33])("a data key of %d bytes is none", (length) => {
    expect(() => decryptMail("raw/1", Buffer.alloc(length), encryption(4))).toThrow(
      `expected a data key of 32 bytes, got ${length}`,
    );
  });

  test("a stream that breaks is that stream's error", async () => {
    const broken = Readable.from(
      (async function* () {
        yield encryptedBody(Buffer.from("mail"));
        throw new Error("connection lost");
      })(),
    );
    const mail = pipeline(broken, decryptMail("raw/1", DATA_KEY, encryption(4)), () => {});
    await expect(buffer(mail)).rejects.toThrow("connection lost");
  });
});

describe("the metadata of an encrypted mail", () => {
  test("says all that is needed", () => {
    expect(readEncryption("raw/1", METADATA)).toEqual(encryption(90));
  });

  test.each([
    ["the wrapping by its newer name", { "x-amz-wrap-alg": "kms+context" }, 90],
    ["no length", { "x-amz-unencrypted-content-length": undefined }, undefined],
  ])("may have %s", (_, changes, size) => {
    expect(readEncryption("raw/1", { ...METADATA, ...changes }).size).toBe(size);
  });

  test.each([
    ["x-amz-key-v2", undefined, "no x-amz-key-v2"],
    ["x-amz-key-v2", "", "x-amz-key-v2: expected a wrapped key"],
    ["x-amz-iv", undefined, "no x-amz-iv"],
    ["x-amz-iv", "AAEC", "x-amz-iv: expected 12 bytes in Base64, got 3"],
    ["x-amz-cek-alg", undefined, "no x-amz-cek-alg"],
    ["x-amz-cek-alg", "AES/CBC/PKCS5Padding", "x-amz-cek-alg: expected AES/GCM/NoPadding, got AES/CBC/PKCS5Padding"],
    ["x-amz-wrap-alg", undefined, "no x-amz-wrap-alg"],
    ["x-amz-wrap-alg", "AESWrap", "x-amz-wrap-alg: expected kms or kms+context, got AESWrap"],
    ["x-amz-tag-len", undefined, "no x-amz-tag-len"],
    ["x-amz-tag-len", "96", "x-amz-tag-len: expected 128, got 96"],
    ["x-amz-unencrypted-content-length", "-1", "x-amz-unencrypted-content-length: expected a number"],
    ["x-amz-matdesc", undefined, "no x-amz-matdesc"],
    ["x-amz-matdesc", "{", "x-amz-matdesc: expected a JSON object of strings"],
    ["x-amz-matdesc", "null", "x-amz-matdesc: expected a JSON object of strings"],
    ["x-amz-matdesc", '["a"]', "x-amz-matdesc: expected a JSON object of strings"],
    ["x-amz-matdesc", '{"a":1}', "x-amz-matdesc: expected a JSON object of strings"],
  ])("%s %j is refused by name", (field, value, message) => {
    const read = () => readEncryption("raw/1", { ...METADATA, [field]: value });
    expect(read).toThrow(MailUndecryptableError);
    expect(read).toThrow(message);
  });

  test.each([
    ["none", {}, false],
    ["other people's", { "mail-client": "x" }, false],
    ["the second form", METADATA, true],
    ["the first form, which is then refused", { "x-amz-key": "x" }, true],
  ])("tells an encrypted mail from a plain one: %s", (_, metadata, expected) => {
    expect(isEncrypted(metadata)).toBe(expected);
  });
});
