/** How many letters must be put in, taken out or changed to make one text of another (Levenshtein 1965). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Of some names the one that a misspelt one may have meant; none where all are too different. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const distances = known.map((candidate) => ({ candidate, by: editDistance(name, candidate) }));
  const nearest = distances.sort((a, b) => a.by - b.by)[0];
  return nearest && nearest.by <= Math.ceil(name.length / 4) ? nearest.candidate : undefined;
}
