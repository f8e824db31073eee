/** How parts of a line are set off. Without colours only the marked word is, in brackets. */
export interface Colours {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly mark: (text: string) => string;
}

export function colours(on: boolean): Colours {
  if (!on) return { bold: String, dim: String, mark: (text) => `[${text}]` };
  return {
    bold: (text) => `\x1b[1m${text}\x1b[22m`,
    dim: (text) => `\x1b[2m${text}\x1b[22m`,
    mark: (text) => `\x1b[1;33m${text}\x1b[22;39m`,
  };
}

/** Colours are for terminals only, and for none where NO_COLOR is set (https://no-color.org) or that cannot show them. */
export function wantsColours(stream: { isTTY?: boolean }, env: Readonly<Record<string, string | undefined>>): boolean {
  return stream.isTTY === true && !env["NO_COLOR"] && env["TERM"] !== "dumb";
}
