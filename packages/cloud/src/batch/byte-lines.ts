/** One line of a file, without its end, and where it lies. */
export interface ByteLine {
  /** Undefined for a line that is too long to be kept. */
  readonly bytes: Buffer | undefined;
  readonly fromByte: number;
  readonly toByte: number;
}

const NEWLINE = 10;

/** The lines of a file that comes piece by piece. Of lines over `maxBytes` nothing is kept. Empty lines are left out. */
export async function* byteLines(
  pieces: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<ByteLine> {
  let open: Buffer[] = [];
  let fromByte = 0;
  let length = 0;
  const keep = (part: Buffer) => {
    length += part.length;
    if (length <= maxBytes) open.push(part);
    else open = [];
  };
  const close = (): ByteLine => {
    const toByte = fromByte + length;
    const bytes = length > maxBytes ? undefined : Buffer.concat(open);
    return { bytes, fromByte, toByte };
  };
  for await (const piece of pieces) {
    let at = 0;
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, at)) {
      keep(piece.subarray(at, end));
      if (length > 0) yield close();
      fromByte += length + 1;
      open = [];
      length = 0;
      at = end + 1;
    }
    if (at < piece.length) keep(piece.subarray(at));
  }
  if (length > 0) yield close();
}
