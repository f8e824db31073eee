/**
 * Does the work for every item, for `limit` of them at a time.
 *
 * @returns the results, in the order of the items
 * @throws what the first work that fails throws; no other is begun then
 */
export async function mapAtOnce<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let hasEnded = false;
  async function goOn(): Promise<void> {
    for (const [at, item] of waiting) {
      if (hasEnded) return;
      results[at] = await work(item);
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(limit, items.length) }, goOn));
  } finally {
    hasEnded = true;
  }
  return results;
}
