import type { Findings, Ratio, Table } from "./benchmark.ts";

/** The findings as JSON has them: ratios by name, and beside them what they are to be. */
export function printed({ ratios, tables }: Findings) {
  return {
    ratios: Object.fromEntries(ratios.map(({ name, value }) => [name, rounded(value)])),
    targets: Object.fromEntries(
      ratios.flatMap(({ name, atLeast, atMost }) =>
        atLeast === undefined && atMost === undefined ? [] : [[name, { atLeast, atMost }]],
      ),
    ),
    tables: tables.map((table) => ({ ...table, rows: table.rows.map((row) => row.map(cellValue)) })),
  };
}

export function tableLines({ title, heads, rows }: Table): string[] {
  const cells = [heads, ...rows].map((row) => row.map(cellText));
  const widths = heads.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [title, "", ...cells.map(line), ""];
}

export function ratioLines(ratios: readonly Ratio[]): string[] {
  const width = Math.max(...ratios.map(({ name }) => name.length));
  return [
    "Ratios",
    "",
    ...ratios.map((ratio) => `${ratio.name.padEnd(width)}  ${figure(ratio.value).padStart(8)}  ${verdict(ratio)}`),
  ];
}

function verdict({ value, atLeast, atMost }: Ratio): string {
  const [words, holds] =
    atLeast !== undefined ? [`at least ${atLeast}`, value >= atLeast] : [`at most ${atMost}`, value <= (atMost ?? 0)];
  if (atLeast === undefined && atMost === undefined) return "reported only";
  return holds ? `${words}: reached` : `${words}: MISSED`;
}

function cellText(cell: string | number): string {
  return typeof cell === "number" ? figure(cell) : cell;
}

function cellValue(cell: string | number): string | number {
  return typeof cell === "number" ? rounded(cell) : cell;
}

/** Three figures, which is more than the measuring is good for. */
function figure(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : Number(value.toPrecision(3)).toString();
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
