/** Rows by their territory, each list in the order of the rows. */
export function byTerritory<T extends { readonly territory: string }>(
  rows: readonly T[],
): ReadonlyMap<string, readonly T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    const known = found.get(row.territory);
    if (known === undefined) found.set(row.territory, [row]);
    else known.push(row);
  }
  return found;
}
