/** How bad a finding is: an error means that mail, alerts or feedback do not come, or soon will not. */
export const LEVELS = ["error", "warning", "info", "ok"] as const;
export type Level = (typeof LEVELS)[number];

/** What a check found, in words for a person. */
export interface Found {
  readonly level: Level;
  readonly what: string;
  /** Why that matters. */
  readonly why?: string;
  /** Commands or DNS records that mend it, one a line. */
  readonly mend?: readonly string[];
}

export interface Finding extends Found {
  /** The name of the check, for scripts. */
  readonly check: string;
}

export const ok = (what: string): Found => ({ level: "ok", what });

export const info = (what: string, why: string): Found => ({ level: "info", what, why });

export const warning = (what: string, why: string, ...mend: readonly string[]): Found => ({
  level: "warning",
  what,
  why,
  mend,
});

export const error = (what: string, why: string, ...mend: readonly string[]): Found => ({
  level: "error",
  what,
  why,
  mend,
});
