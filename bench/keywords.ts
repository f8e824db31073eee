import { AhoCorasick as Monyone } from "@monyone/aho-corasick";
import { AhoCorasick as MonyoneFast } from "@monyone/aho-corasick/fast";
import AhoCorasick from "ahocorasick";
import { compileKeywords, scanKeywords } from "../shared/rules/keywords/keyword-index.ts";
import type { Benchmark, BenchOptions, Findings, Table } from "./benchmark.ts";
import { interleaved } from "./interleaved.ts";
import { createRandom } from "./mails/random.ts";
import { english, japanese, keywords } from "./mails/words.ts";

/** A list of words made ready; what comes out of it scans a text. */
type Engine = (words: readonly string[]) => (text: string) => unknown;

const OURS = "Mailroom";

/** Ours folds the text (NFKC, case, edges of words) before it searches; the others search it as it is. */
const ENGINES: Readonly<Record<string, Engine>> = {
  [OURS]: (words) => {
    const index = compileKeywords(words.map((text) => ({ text, match: "word" })));
    return (text) => scanKeywords(index, text);
  },
  ahocorasick: (words) => {
    const matcher = new AhoCorasick([...words]);
    return (text) => matcher.search(text);
  },
  "@monyone/aho-corasick": (words) => {
    const matcher = new Monyone([...words]);
    return (text) => matcher.matchInText(text);
  },
  "@monyone/aho-corasick/fast": (words) => {
    const matcher = new MonyoneFast([...words]);
    return (text) => matcher.matchInText(text);
  },
};

const COUNTS = [10, 1_000, 10_000, 50_000] as const;
const MOST = 50_000;
/** Building takes seconds with some: fewer rounds tell enough. */
const MAX_BUILD_ROUNDS = 5;

/** The search for keywords beside the Aho-Corasick packages of npm. */
export const keywordSearch: Benchmark = {
  name: "keywords",
  run: async (options) => {
    const scans = await measureScans(options);
    const builds = await measureBuilds(options);
    return compare(scans, builds);
  },
};

/** By name of the engine, by number of keywords: milliseconds per million characters. */
type Scans = ReadonlyMap<string, ReadonlyMap<number, number>>;

async function measureScans({ rounds, progress }: BenchOptions): Promise<Scans> {
  const text = mixedText();
  const names = Object.keys(ENGINES);
  const scans = new Map(names.map((name) => [name, new Map<number, number>()]));
  for (const count of COUNTS) {
    progress(`search for ${count} keywords`);
    const words = keywords(count, createRandom(7));
    const contenders = Object.entries(ENGINES).map(([name, prepare]) => {
      const scan = prepare(words);
      return { name, run: () => scan(text) };
    });
    for (const [name, took] of await interleaved(contenders, rounds))
      scans.get(name)?.set(count, (took * 1_000_000) / text.length);
  }
  return scans;
}

/** By name of the engine: milliseconds for the largest list. */
async function measureBuilds({ rounds, progress }: BenchOptions): Promise<ReadonlyMap<string, number>> {
  progress(`preparation of ${MOST} keywords`);
  const words = keywords(MOST, createRandom(7));
  const contenders = Object.entries(ENGINES).map(([name, prepare]) => ({ name, run: () => prepare(words) }));
  return interleaved(contenders, Math.min(rounds, MAX_BUILD_ROUNDS));
}

function compare(scans: Scans, builds: ReadonlyMap<string, number>): Findings {
  const others = Object.keys(ENGINES).filter((name) => name !== OURS);
  const scan = (name: string, count: number) => scans.get(name)?.get(count) ?? Number.NaN;
  const build = (name: string) => builds.get(name) ?? Number.NaN;
  const ahead = (count: number) => Math.min(...others.map((name) => scan(name, count))) / scan(OURS, count);
  const ratios = [
    { name: "keywords50000Over10", value: scan(OURS, MOST) / scan(OURS, 10), atMost: 4 },
    { name: "bestNpmMatcherOverOurs", value: Math.min(ahead(1_000), ahead(MOST)), atLeast: 4 },
    { name: "matcherBuildOverBestNpm", value: build(OURS) / Math.min(...others.map(build)), atMost: 0.3 },
  ];
  return { ratios, tables: [tableOf(scan, build, ahead)] };
}

function tableOf(
  scan: (name: string, count: number) => number,
  build: (name: string) => number,
  ahead: (count: number) => number,
): Table {
  const rows = Object.keys(ENGINES).map((name) => [
    name,
    ...COUNTS.map((count) => scan(name, count).toFixed(1)),
    build(name).toFixed(0),
  ]);
  return {
    title: "Search for keywords: ms of CPU per million characters, by number of keywords",
    heads: ["engine", ...COUNTS.map(String), `build of ${MOST}, ms`],
    rows: [...rows, ["best of the others over ours", ...COUNTS.map((count) => ahead(count).toFixed(1)), ""]],
  };
}

/** English and Japanese by turns, as one flat string: a text that was parsed is one. */
function mixedText(): string {
  const random = createRandom(3);
  const paragraphs = Array.from({ length: 100 }, () => `${english(1_000, random)}\r\n${japanese(1_000, random)}\r\n`);
  return Buffer.from(paragraphs.join("")).toString();
}
