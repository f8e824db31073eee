/** Something wrong in a file, known by its path and not yet by its line. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The key is wrong rather than its value. */
  readonly part?: "key";
  /** Where the same stands first. */
  readonly first?: Finding["path"];
}

/** What a file holds, or all that is wrong with it. */
export type Checked<Value> = { readonly value: Value } | { readonly findings: readonly Finding[] };
