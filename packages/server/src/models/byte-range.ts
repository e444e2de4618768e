/** First and last byte of a part, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * The part of a file that a `Range` header asks for (RFC 9110, section 14.1.2): `whole` without one, and for what may be
 * ignored, such as several parts at once; `outside` for a part that the file does not have. `size` in bytes.
 */
export function readByteRange(
  header: string | undefined,
  size: number,
): ByteRange | 'whole' | 'outside' {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  const end = Math.min(last === '' || first === '' ? size - 1 : Number(last), size - 1);
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  // A last byte before the first one makes the header void, not the part.
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'whole';
  return start > end ? 'outside' : { start, end };
}

/** Whether a list of entity tags, such as `If-None-Match` has, names this one (weak comparison). */
export function namesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const tags = header.split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes('*') || tags.includes(tag);
}
