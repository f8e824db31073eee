/** Whose reports by e-mail are believed, besides SES's own. */
export interface TrustPolicy {
  /**
   * Domains, lower case in ASCII: reports that are authenticated as theirs are believed. `*.isp.example` stands for every domain below
   * isp.example, and not for isp.example itself.
   */
  readonly allow: readonly string[];
  /** The secret that our return paths are made with: a report that comes back to such a path is believed. See `verpAddress`. */
  readonly verpKey?: string | undefined;
}
