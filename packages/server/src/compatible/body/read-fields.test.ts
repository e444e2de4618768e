import { Readable } from 'node:stream';
import { isDioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import type { FieldPlan } from './fields.ts';
import { readFields } from './read-fields.ts';

const PLAN: FieldPlan = { texts: ['size', 'name', 'crop'], files: ['file'], base64Files: ['b64'] };
const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, n) => (n * 7) % 256));
const FORM = 'application/x-www-form-urlencoded';

/** Reads a body that arrives in pieces of so many bytes. */
function read(type: string, body: Buffer | string, pieceBytes = 1e9, maxBytes = 1e6) {
  const whole = Buffer.from(body);
  const pieces: Buffer[] = [];
  for (let at = 0; at < whole.length; at += pieceBytes) {
    pieces.push(whole.subarray(at, at + pieceBytes));
  }
  const headers = { 'content-type': type, 'content-length': String(whole.length) };
  return readFields({ headers, raw: Readable.from(pieces) }, PLAN, maxBytes);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isDioramaError(error) ? error.code : String(error);
}

function multipart(parts: readonly (readonly [string, string, Buffer | string])[]) {
  const pieces = parts.flatMap(([name, rest, bytes]) => [
    Buffer.from(`--b\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n`),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...pieces, Buffer.from('--b--\r\n')]);
}

describe.each([1, 2, 3, 7, 64, 1e6])('bodies in pieces of %d bytes', (pieceBytes) => {
  it('reads a flat JSON object with every kind of value, escape and spelling of base64', async () => {
    const b64 = BYTES.toString('base64').replaceAll('/', '\\/').replaceAll('+', '\\u002b');
    const body = ` { "size" : "a\\"b\\\\\\n\\u00e9\\ud83d\\ude00é" ,"name":-1.5e3,"crop": true,
      "x":null, "unknown":"y", "b64":"${b64}"} `;
    const { texts, files } = await read('application/json; charset=utf-8', body, pieceBytes);
    expect(Object.fromEntries(texts)).toEqual({
      size: 'a"b\\\né😀é',
      name: '-1.5e3',
      crop: 'true',
    });
    expect(Buffer.from(files.get('b64') ?? []).equals(BYTES)).toBe(true);
  });

  it('reads a form in the address notation', async () => {
    const b64 = encodeURIComponent(`data:image/png;base64,${BYTES.toString('base64')}`);
    const body = `size=a+b%26%c3%A9&name=&crop=100%25+50%&b64=${b64}&unknown`;
    const { texts, files } = await read(FORM, body, pieceBytes);
    expect(Object.fromEntries(texts)).toEqual({ size: 'a b&é', crop: '100% 50%' });
    expect(Buffer.from(files.get('b64') ?? []).equals(BYTES)).toBe(true);
  });

  it('reads a multipart form, whatever its parts call themselves', async () => {
    const body = multipart([
      ['file', '; filename="../../etc/passwd"\r\nContent-Type: text/html', BYTES],
      ['size', '', 'preview'],
      ['b64', '', BYTES.toString('base64url')],
      ['empty', '', ''],
    ]);
    const { texts, files } = await read('multipart/form-data; boundary=b', body, pieceBytes);
    expect(Object.fromEntries(texts)).toEqual({ size: 'preview' });
    for (const name of ['file', 'b64']) {
      expect(Buffer.from(files.get(name) ?? []).equals(BYTES)).toBe(true);
    }
  });
});

describe('bodies that cannot be', () => {
  it.each([
    '',
    '[]',
    '{',
    '{"a"}',
    '{"a":1',
    '{"a":1}}',
    '{"a":1,}',
    '{"a":{"b":1}}',
    '{"a":[1]}',
    '{"a":01x}',
    '{"a":"\\q"}',
    '{"a":"\\u12g4"}',
    '"a"',
  ])('refuses the JSON %s', async (body) => {
    expect(await codeOf(read('application/json', body))).toBe('REQUEST_INVALID');
  });

  it.each(['!', 'A', 'AAAAA', 'AA=A', 'A===', '=', 'data:image/png,AAAA'])(
    'refuses %s as base64',
    async (text) => {
      const body = JSON.stringify({ b64: text });
      expect(await codeOf(read('application/json', body, 1))).toBe('REQUEST_INVALID');
      expect(await codeOf(read('application/json', body))).toBe('REQUEST_INVALID');
    },
  );

  it('bounds files together, texts, and the number of fields', async () => {
    const two = multipart([
      ['file', '; filename="x"', Buffer.alloc(600)],
      ['b64', '', Buffer.alloc(600).toString('base64')],
    ]);
    const type = 'multipart/form-data; boundary=b';
    expect(await codeOf(read(type, two, 50, 1000))).toBe('PHOTO_TOO_MANY_BYTES');
    expect((await read(type, two, 50, 1200)).files.size).toBe(2);
    expect(await codeOf(read(FORM, `size=${'x'.repeat(10_000)}`))).toBe('REQUEST_INVALID');
    expect(await codeOf(read(FORM, 'a=1&'.repeat(100)))).toBe('REQUEST_INVALID');
    expect(await codeOf(read(FORM, 'x'.repeat(1000)))).toBe('REQUEST_INVALID');
  });

  it('refuses a multipart form that is cut short or has no boundary', async () => {
    const body = multipart([['file', '; filename="x"', BYTES]]);
    const cut = read('multipart/form-data; boundary=b', body.subarray(0, 300));
    expect(await codeOf(cut)).toBe('REQUEST_INVALID');
    expect(await codeOf(read('multipart/form-data', body))).toBe('REQUEST_INVALID');
  });

  it('finds no field in a body of another type, and reads it to its end', async () => {
    const { texts, files } = await read('image/jpeg', BYTES);
    expect([texts.size, files.size]).toEqual([0, 0]);
  });
});
