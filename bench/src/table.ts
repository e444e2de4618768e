import type { Row } from './row.ts';

const HEADINGS = ['figure', 'value', 'target', 'holds', 'what'] as const;

/** A number with as many digits as mean something: three, or the whole part; of a share, what it lacks counts. */
export function formatValue(value: number, unit: string): string {
  const size = Math.abs(value);
  if (unit === '' && size <= 1) return value.toFixed(4);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function cellsOf(row: Row): string[] {
  const value =
    row.value === null ? 'skipped' : `${formatValue(row.value, row.unit)} ${row.unit}`.trim();
  const target =
    row.target === null ? '' : `${formatValue(row.target, row.unit)} ${row.unit}`.trim();
  const holds = row.holds === null ? '' : row.holds ? 'yes' : 'NO';
  const what = row.note === undefined ? row.what : `${row.what} (${row.note})`;
  return [row.id, value, target, holds, what];
}

/** The rows as lines of text, in columns. */
export function formatTable(rows: readonly Row[]): string {
  const table = [[...HEADINGS], ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) =>
    Math.max(...table.map((cells) => cells[column]?.length ?? 0)),
  );
  const isNumber = (column: number) => column === 1 || column === 2;
  return table
    .map((cells) =>
      cells
        .map((cell, column) => {
          const width = widths[column] ?? 0;
          return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The rows as a JSON document: `[{id, what, value, unit, target, holds}]`, with a note where there is one. */
export function formatJson(rows: readonly Row[]): string {
  return `${JSON.stringify(rows, null, 2)}\n`;
}
