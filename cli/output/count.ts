/** A number as people read it, the same on every machine. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

export function plural(value: number, word: string, words = `${word}s`): string {
  return `${count(value)} ${value === 1 ? word : words}`;
}
