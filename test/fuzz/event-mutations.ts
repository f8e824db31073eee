import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { TRANSPORTS } from "../support/transports.ts";

const EVENTS = join(import.meta.dirname, "../events");

/** Every event that we keep for tests, the smallest first. */
const SEEDS: readonly string[] = [EVENTS, join(EVENTS, "feedback"), join(EVENTS, "announced")]
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith(".json"))
  .map((file) => readFileSync(file, "utf8"))
  .sort((a, b) => a.length - b.length);

const PLAIN: readonly unknown[] = [
  null,
  0,
  -1,
  1e308,
  true,
  "",
  "x",
  " ",
  "<>",
  "a@b.example",
  [],
  {},
  [null],
  "null",
  "[]",
  "{}",
  '{"Records":[]}',
];

const STRANGE: readonly (() => unknown)[] = [
  ...PLAIN.map((value) => () => value),
  () => "x".repeat(100_000),
  () => "[".repeat(50_000),
  () => `${'{"a":'.repeat(20_000)}1`,
  () => nested(2_000, (inner) => [inner]),
  () => nested(600, (inner) => ({ Records: [{ Sns: { Message: inner } }] })),
  () => nested(30, (inner) => JSON.stringify({ Message: inner })),
  () => JSON.parse('{"__proto__":{"x":1},"constructor":1,"toString":2}'),
  () => Array(2_000).fill("a@b.example"),
  () => "\ud800",
];

function nested(depth: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = "innermost";
  // A string that quotes a string doubles its backslashes each time.
  for (let n = 0; n < depth && (typeof value !== "string" || value.length < 100_000); n++) value = wrap(value);
  return value;
}

type Holder = Record<string, unknown>;

interface Place {
  readonly holder: Holder;
  readonly key: string;
}

/** Every key of every object in a value, and every place of every list. */
function places(value: unknown): readonly Place[] {
  const found: Place[] = [];
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== "object" || next === null) continue;
    for (const key of Object.keys(next)) {
      found.push({ holder: next as Holder, key });
      if (found.length < 2_000) open.push((next as Holder)[key]);
    }
  }
  return found;
}

interface Change {
  readonly kind: keyof typeof CHANGES;
  readonly at: number;
  readonly pick: number;
}

const CHANGES = {
  drop: ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
  },
  replace: ({ holder, key }, pick) => {
    holder[key] = STRANGE[pick % STRANGE.length]?.();
  },
  list: ({ holder, key }, pick) => {
    holder[key] = Array(pick % 60).fill(holder[key]);
  },
  object: ({ holder, key }) => {
    holder[key] = { [key]: holder[key] };
  },
  text: ({ holder, key }) => {
    holder[key] = JSON.stringify(holder[key]);
  },
  rename: ({ holder, key }, pick) => {
    holder[pick % 2 === 0 ? key.toUpperCase() : `${key} `] = holder[key];
    delete holder[key];
  },
  wrap: ({ holder, key }, pick) => {
    holder[key] = TRANSPORTS[pick % TRANSPORTS.length]?.wrap(holder[key]);
  },
} satisfies Record<string, (place: Place, pick: number) => void>;

const change: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom(...(Object.keys(CHANGES) as Change["kind"][])),
  at: fc.nat(5_000),
  pick: fc.nat(1_000),
});

/** Characters of JSON that an event grows to at most. */
const MAX_LENGTH = 300_000;

/** An event after a change, as JSON; before it, when it would be too large. */
function changed(json: string, { kind, at, pick }: Change): string {
  const top: Holder = { event: JSON.parse(json) };
  const all = places(top);
  const place = all[at % all.length];
  if (place !== undefined) CHANGES[kind](place, pick);
  const after = JSON.stringify(top["event"]) ?? "null";
  return after.length > MAX_LENGTH ? json : after;
}

/** Events that begin as one of ours, are changed, wrapped as AWS wraps them, and changed again. */
export const mutatedEvent: fc.Arbitrary<unknown> = fc
  .record({
    seed: fc.constantFrom(...SEEDS),
    inner: fc.array(change, { maxLength: 4 }),
    transport: fc.constantFrom(...TRANSPORTS),
    outer: fc.array(change, { maxLength: 3 }),
  })
  .map(({ seed, inner, transport, outer }) => {
    const payload: unknown = JSON.parse(inner.reduce(changed, seed));
    return JSON.parse(outer.reduce(changed, JSON.stringify(transport.wrap(payload))));
  });
