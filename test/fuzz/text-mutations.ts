import fc from "fast-check";

/** Where and how one change is made; what it makes of this is its own. */
export interface Change {
  /** Two places in a text, as parts of its length: 0 to 1. */
  readonly from: number;
  readonly to: number;
  readonly times: number;
  /** Chooses from a list. */
  readonly pick: number;
  /** What is to be put in from: a part of another seed, say. */
  readonly other: string;
}

export type Mutation = (text: string, change: Change) => string;

/** UTF-16 units that a text grows to at most: fuzzing is about shapes, size is what the hostile mails are for. */
const MAX_LENGTH = 200_000;

const part = fc.nat(10_000).map((n) => n / 10_000);

/** Texts that begin as one of the seeds and are changed once or a few times. */
export function mutated(seeds: readonly string[], mutations: Readonly<Record<string, Mutation>>): fc.Arbitrary<string> {
  const seed = fc.constantFrom(...seeds);
  const change = fc.record({ from: part, to: part, times: fc.nat(40), pick: fc.nat(1_000), other: seed });
  const step = fc.tuple(fc.constantFrom(...Object.values(mutations)), change);
  return fc
    .tuple(seed, fc.array(step, { minLength: 1, maxLength: 6 }))
    .map(([text, steps]) => steps.reduce((now, [mutate, how]) => mutate(now, how).slice(0, MAX_LENGTH), text));
}

export function chosen<Item>(items: readonly Item[], { pick }: Change): Item | undefined {
  return items[pick % Math.max(1, items.length)];
}

/** The text before, between and after the two places. */
function parted(text: string, { from, to }: Change): readonly [string, string, string] {
  const [start = 0, end = 0] = [from, to].map((place) => Math.round(place * text.length)).sort((a, b) => a - b);
  return [text.slice(0, start), text.slice(start, end), text.slice(end)];
}

/** Changes that know nothing of what the text says. */
export const TEXT_MUTATIONS = {
  cut: (text, change) => parted(text, change)[0],
  leaveOut(text, change) {
    const [before, , after] = parted(text, change);
    return before + after;
  },
  repeat(text, change) {
    const [before, between, after] = parted(text, change);
    const times = Math.min(change.times, Math.ceil(MAX_LENGTH / (between.length + 1)));
    return before + between.repeat(times + 1) + after;
  },
  splice: (text, change) => parted(text, change)[0] + parted(change.other, change)[2],
  putIn(text, change) {
    const [before, , after] = parted(text, change);
    return before + parted(change.other, change)[1] + after;
  },
  exchange(text, change) {
    const [before, between, after] = parted(text, change);
    return after + between + before;
  },
} satisfies Readonly<Record<string, Mutation>>;

/** One of these texts, at one place or as often as it goes between two. */
export function insertion(words: readonly string[]): Mutation {
  return (text, change) => {
    const [before, between, after] = parted(text, change);
    const word = chosen(words, change) ?? "";
    return before + word.repeat(change.times % 5 === 0 ? change.times : 1) + between + after;
  };
}

/** One of the places that an expression finds in a text, put otherwise. */
export function replacement(expression: RegExp, words: readonly string[]): Mutation {
  return (text, change) => {
    const found = chosen([...text.matchAll(expression)], { ...change, pick: Math.floor(change.from * 1_000) });
    if (found === undefined) return text;
    const [whole, kept = ""] = found;
    return text.slice(0, found.index) + kept + (chosen(words, change) ?? "") + text.slice(found.index + whole.length);
  };
}
