// The table of the ways that a photo took.

const LABELS = [
  'way',
  'cap, bytes',
  'sent per photo, bytes',
  'received per photo, bytes',
  'largest request, bytes',
  'largest answer, bytes',
  'decode',
  'queue and wire',
  'predict',
  'refine',
  'encode',
  'in all',
  'in all, first photo',
  'matte IoU',
  'depth differs',
];

/** Prints one column for each way; `judged` are `{way, difference}`. */
export function printWays(judged, caps) {
  const columns = judged.map(({ way, difference }) => columnOf(way, { caps, difference }));
  print(LABELS.map((label, row) => [label, ...columns.map((column) => column[row])]));
}

function columnOf({ kind, document, elapsedMs, firstMs, traffic }, { caps, difference }) {
  const ms = (value) => (value === undefined ? '' : `${Math.round(value)} ms`);
  const bytes = (value) => (value === undefined ? '' : value.toLocaleString('en'));
  const { decode, queue, predict, refine, encode } = document.timingsMs;
  return [
    kind,
    bytes(caps[kind]),
    bytes(traffic && Math.round(traffic.requestBytes / traffic.requests)),
    bytes(traffic && Math.round(traffic.answerBytes / traffic.requests)),
    bytes(traffic?.largestRequestBytes),
    bytes(traffic?.largestAnswerBytes),
    ...[decode, queue, predict, refine, encode, elapsedMs, firstMs].map(ms),
    difference ? difference.iou.toFixed(4) : '',
    difference ? `${(100 * difference.depth).toFixed(3)} %` : '',
  ];
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  }
}
