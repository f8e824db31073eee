import type { FuzzTarget } from "./fuzz-target.ts";

/**
 * The input of a failure made smaller still: whatever can be left out of its text, while it fails, is left out. fast-check gives fewer
 * and simpler changes, but what they were made on is one of our mails, whole.
 */
export async function minimalBytes(target: FuzzTarget<unknown>, input: unknown): Promise<Uint8Array> {
  if (typeof input !== "string") return target.bytes(input);
  let text = input;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < text.length; ) {
      const without = text.slice(0, at) + text.slice(at + size);
      if (await fails(target, without)) text = without;
      else at += size;
    }
  }
  return target.bytes(text);
}

async function fails(target: FuzzTarget<unknown>, input: unknown): Promise<boolean> {
  return target.holds(input).then(
    () => false,
    () => true,
  );
}
