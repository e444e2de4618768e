import { describe, expect, it } from 'vitest';
import { byteLines } from './byte-lines.ts';

async function* pieces(text: string, size: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function linesOf(text: string, size: number, maxBytes = 100) {
  const lines: (readonly [string | undefined, string])[] = [];
  for await (const { bytes, fromByte, toByte } of byteLines(pieces(text, size), maxBytes)) {
    lines.push([bytes?.toString(), Buffer.from(text).toString('utf8', fromByte, toByte)]);
  }
  return lines;
}

describe('lines of a file', () => {
  const text = 'one\n\nüü two\nthree\n\n\nlast';
  const whole = ['one', 'üü two', 'three', 'last'].map((line) => [line, line]);

  it.each([1, 2, 3, 5, 100])('are the same in pieces of %d bytes', async (size) => {
    expect(await linesOf(text, size)).toEqual(whole);
    expect(await linesOf(`${text}\n`, size)).toEqual(whole);
  });

  it.each([1, 4, 100])('are told of and not kept where they are too long', async (size) => {
    expect(await linesOf('short\nmuch too long\nend', size, 5)).toEqual([
      ['short', 'short'],
      [undefined, 'much too long'],
      ['end', 'end'],
    ]);
  });

  it('are none in an empty file', async () => {
    expect(await linesOf('', 1)).toEqual([]);
    expect(await linesOf('\n\n', 1)).toEqual([]);
  });
});
