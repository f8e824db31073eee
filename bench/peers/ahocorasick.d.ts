// The package has no types of its own.
declare module "ahocorasick" {
  export default class AhoCorasick {
    constructor(keywords: readonly string[]);
    /** For each place where keywords end: it, and the keywords. */
    search(text: string): readonly (readonly [end: number, keywords: readonly string[]])[];
  }
}
