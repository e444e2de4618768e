/** Rows of cells under one another, the first row being the head. Columns that hold figures end flush. */
export function tableText(
  rows: readonly (readonly string[])[],
  figuresFrom = Number.POSITIVE_INFINITY,
): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => row[at]?.length ?? 0)),
  );
  const lines = rows.map((row) =>
    widths.map((width, at) => {
      const cell = row[at] ?? '';
      return at >= figuresFrom ? cell.padStart(width) : cell.padEnd(width);
    }),
  );
  return lines.map((cells) => `${cells.join('  ').trimEnd()}\n`).join('');
}
