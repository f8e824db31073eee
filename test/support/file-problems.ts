import { expect } from "vitest";
import type { FileProblem } from "../../shared/errors.ts";

/** Every problem has words and a place inside the text, and they stand in the order of their places. */
export function expectPlacesInside(yaml: string, problems: readonly FileProblem[]): void {
  const lines = yaml.split("\n").length;
  const places = problems.map(({ line, column }) => line * 1e6 + column);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const { line, column, message } of problems) {
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines);
    expect(column).toBeGreaterThan(0);
    expect(message).not.toBe("");
  }
}
