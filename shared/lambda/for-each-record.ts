/**
 * Handles the records of an event one after the other. One that fails does not keep those behind it from being handled,
 * since a retry brings them in the same order; then its error is thrown, the first of several.
 */
export async function forEachRecord<Item>(
  records: readonly Item[],
  handle: (record: Item) => Promise<unknown>,
): Promise<void> {
  const failures: { error: unknown }[] = [];
  for (const record of records) {
    try {
      await handle(record);
    } catch (error) {
      failures.push({ error });
    }
  }
  if (failures[0] !== undefined) throw failures[0].error;
}
