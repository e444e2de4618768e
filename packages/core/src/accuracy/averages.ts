/** Figures by their names; one that could not be had is absent. */
export type Figures<Name extends string> = Readonly<Partial<Record<Name, number>>>;

/** The mean of each figure over the rows that have it. */
export function meanFigures<Name extends string>(
  rows: readonly Figures<Name>[],
  names: readonly Name[],
): Figures<Name> {
  const means: Partial<Record<Name, number>> = {};
  for (const name of names) {
    const values = rows.map((row) => row[name]).filter((value) => value !== undefined);
    if (values.length === 0) continue;
    means[name] = values.reduce((sum, value) => sum + value, 0) / values.length;
  }
  return means;
}
