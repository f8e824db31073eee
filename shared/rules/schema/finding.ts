/** Something wrong in a rules file, known by its path and not yet by its line. */
export interface Finding {
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** The key is wrong rather than its value. */
  readonly part?: "key";
  /** Where the same stands first. */
  readonly first?: Finding["path"];
}
