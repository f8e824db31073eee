import type { Benchmark, BenchOptions, Table } from "./benchmark.ts";
import { interleaved } from "./interleaved.ts";
import { grownMails } from "./mails/grown.ts";
import { evaluate, rulesOf, rulesWith } from "./use-case.ts";

/** Rounds are fewer here: what is shown is the kind of growth, and no ratio is held to it. */
const ROUNDS = 3;

/** How the time of one mail grows with what is in it, and with what is looked for. */
export const growth: Benchmark = {
  name: "growth",
  async run(options) {
    const rules = rulesWith(1_000);
    const tables: Table[] = [];
    for (const { title, unit, mails } of grownMails()) {
      const cases = mails.map(({ size, raw }) => ({ size, bytes: raw.length, run: () => evaluate(raw, rules) }));
      tables.push(await tableOf(title, unit, cases, options));
    }
    const text = grownMails()[0]?.mails.at(-3)?.raw ?? Buffer.alloc(0);
    const bytes = text.length;
    for (const [title, unit, prepare] of [
      ["a text and keywords of one rule", "keywords", rulesWith],
      ["a text and rules of five keywords each", "rules", rulesOf],
    ] as const) {
      const cases = [1, 10, 100, 1_000, 10_000].map((size) => {
        const prepared = prepare(size);
        return { size, bytes, run: () => evaluate(text, prepared) };
      });
      tables.push(await tableOf(title, unit, cases, options));
    }
    return { ratios: [], tables };
  },
};

interface Case {
  readonly size: number;
  readonly bytes: number;
  readonly run: () => Promise<unknown>;
}

async function tableOf(title: string, unit: string, cases: readonly Case[], options: BenchOptions): Promise<Table> {
  options.progress(`growth: ${title}`);
  const contenders = cases.map(({ size, run }) => ({ name: String(size), run }));
  const cpu = await interleaved(contenders, Math.min(ROUNDS, options.rounds));
  const rows = cases.map(({ size, bytes }) => {
    const milliseconds = cpu.get(String(size)) ?? Number.NaN;
    return [size.toLocaleString("en-US"), bytes / 1024, milliseconds, (milliseconds * 1024) / (bytes / 1024)];
  });
  return { title: `Growth: ${title}`, heads: [unit, "KB", "ms of CPU", "ms per MB"], rows };
}
