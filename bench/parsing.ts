import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
import type { Benchmark, BenchOptions, Findings, Table } from "./benchmark.ts";
import { corpusMails } from "./corpus.ts";
import { type Collected, type Contender, geometricMean, interleaved, type Medians } from "./interleaved.ts";
import { benchMails } from "./mails/mails.ts";
import { bareLean, lean } from "./peers/mailparser.ts";
import { evaluate, rulesWith } from "./use-case.ts";

const KEYWORDS = 1_000;

/** What takes mails apart, by name; some of it does more. */
type Engines = Readonly<Record<EngineName, (raw: Buffer) => Promise<unknown>>>;
type EngineName = "simpleParser" | "bare lean" | "lean" | "postal-mime" | "Mailroom" | "without skim";

const COLUMNS: readonly EngineName[] = ["simpleParser", "bare lean", "lean", "postal-mime", "Mailroom", "without skim"];

/** Milliseconds of CPU by engine, of one mail or of a folder of them. */
interface Row {
  readonly name: string;
  readonly cpu: Medians;
}

/** Parsing, and all that Mailroom does behind it, against mailparser and postal-mime. */
export const parsing: Benchmark = {
  name: "parsing",
  async run(options): Promise<Findings> {
    const folder = options.corpus === undefined ? [] : corpusMails(options.corpus);
    const rules = rulesWith(KEYWORDS);
    const engines: Engines = {
      simpleParser: (raw) => simpleParser(raw),
      "bare lean": bareLean,
      lean,
      "postal-mime": (raw) => PostalMime.parse(raw),
      Mailroom: (raw) => evaluate(raw, rules),
      "without skim": (raw) => evaluate(raw, rules, false),
    };
    const cool: Row[] = [];
    const hot: Row[] = [];
    for (const { name, raw } of benchMails()) cool.push(await measure(name, [raw], engines, options));
    for (const { name, raw } of benchMails()) hot.push(await measure(name, [raw], engines, options, "young"));
    const corpus = folder.length > 0 ? [await measure(`mails of ${options.corpus}`, folder, engines, options)] : [];
    return {
      ratios: [...ratiosOf(cool, corpus), ...hotRatios(hot)],
      tables: [
        tableOf("each turn after a collection of all garbage", [...cool, ...corpus]),
        tableOf("hot, as in a loop", hot),
      ],
    };
  },
};

async function measure(
  name: string,
  mails: readonly Buffer[],
  engines: Engines,
  options: BenchOptions,
  collected: Collected = "all",
): Promise<Row> {
  options.progress(`parsing: ${name}`);
  const contenders = Object.entries(engines).map(
    ([engine, parse]): Contender => ({
      name: engine,
      async run() {
        // A peer that gives up on a mail is measured up to there.
        for (const raw of mails) await parse(raw).catch(() => {});
      },
    }),
  );
  return { name, cpu: await interleaved(contenders, options.rounds, collected) };
}

function ratio(row: Row, of: EngineName, to: EngineName): number {
  return (row.cpu.get(of) ?? Number.NaN) / (row.cpu.get(to) ?? Number.NaN);
}

function ratiosOf(rows: readonly Row[], corpus: readonly Row[]): Findings["ratios"] {
  const overLean = rows.map((row) => ratio(row, "without skim", "lean"));
  const large = rows.filter(({ name }) => name === "attachment of 10 MB");
  return [
    {
      name: "simpleParserOverMailroom",
      value: geometricMean(rows.map((row) => ratio(row, "simpleParser", "Mailroom"))),
      atLeast: 2.2,
    },
    { name: "mailroomOverLean", value: geometricMean(overLean), atMost: 1.25 },
    { name: "mailroomOverLeanWorst", value: Math.max(...overLean), atMost: 1.5 },
    {
      name: "attachment10MbSkimSpeedup",
      value: geometricMean(large.map((row) => ratio(row, "bare lean", "Mailroom"))),
      atLeast: 5,
    },
    {
      name: "postalMimeOverMailroom",
      value: geometricMean(rows.map((row) => ratio(row, "postal-mime", "Mailroom"))),
    },
    ...corpus.map((row) => ({ name: "corpusSimpleParserOverMailroom", value: ratio(row, "simpleParser", "Mailroom") })),
  ];
}

/** Of a process that does nothing else: V8 then has all of it compiled as well as it can. */
function hotRatios(rows: readonly Row[]): Findings["ratios"] {
  const mean = (of: EngineName, to: EngineName): number => geometricMean(rows.map((row) => ratio(row, of, to)));
  return [
    { name: "simpleParserOverMailroomHot", value: mean("simpleParser", "Mailroom") },
    { name: "mailroomOverLeanHot", value: mean("without skim", "lean") },
  ];
}

function tableOf(how: string, rows: readonly Row[]): Table {
  return {
    title: `Parsing, ${how}: milliseconds of CPU for a mail; Mailroom goes on to match ${KEYWORDS.toLocaleString("en-US")} keywords and to make its record`,
    heads: ["mail", ...COLUMNS],
    rows: rows.map(({ name, cpu }) => [name, ...COLUMNS.map((engine) => cpu.get(engine) ?? Number.NaN)]),
  };
}
