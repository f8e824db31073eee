/** What `npm run bench` is called with. */
export interface BenchOptions {
  /** Interleaved rounds of each comparison. */
  readonly rounds: number;
  /** A folder of mails that are measured beside the generated ones. */
  readonly corpus: string | undefined;
  /** Says in a few words what is being measured, for a person who waits. */
  readonly progress: (words: string) => void;
}

/** A ratio that Mailroom is held to. */
export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** What it is to be at least or at most; without either it is only reported. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** Figures for a person: a title, the heads of the columns, the rows. Figures of time, memory and speed only place the ratios. */
export interface Table {
  readonly title: string;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Findings {
  readonly ratios: readonly Ratio[];
  readonly tables: readonly Table[];
}

/** One subject that is measured. */
export interface Benchmark {
  readonly name: string;
  readonly run: (options: BenchOptions) => Promise<Findings>;
}
