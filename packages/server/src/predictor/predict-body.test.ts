import { describe, expect, it } from 'vitest';
import { readPredictBody } from './predict-body.ts';

function read(text: string) {
  return readPredictBody(new TextEncoder().encode(text));
}

function bytesOf(b64: string) {
  const [one] = read(JSON.stringify({ instances: [{ image: { b64 } }] })).instances;
  return one && 'bytes' in one ? [...one.bytes] : one;
}

describe('readPredictBody', () => {
  it.each([
    ['AQID', [1, 2, 3]],
    ['AQI=', [1, 2]],
    ['AQI', [1, 2]],
    ['AQ==', [1]],
    ['_-8=', [255, 239]],
  ])('decodes %s', (b64, bytes) => {
    expect(bytesOf(b64)).toEqual(bytes);
  });

  it.each(['AQ!D', 'A', 'AQID AQID', 'AQ=D', 'ü', '====', '='])('refuses %s', (b64) => {
    expect(bytesOf(b64)).toMatchObject({ kind: 'invalid' });
  });

  it('keeps order, parameters, and the bytes of each in memory of their own', () => {
    const { instances, parameters } = read(
      '{"instances":[{"b64":"AQ=="},{"describe":true},{"sealed":{"b64":"AgM="}},7],"parameters":{"tasks":["depth"]},"x":"ü"}',
    );
    expect(instances.map(({ kind }) => kind)).toEqual(['picture', 'describe', 'sealed', 'invalid']);
    expect(parameters).toEqual({ tasks: ['depth'] });
    const buffers = instances.flatMap((one) => ('bytes' in one ? [one.bytes.buffer] : []));
    expect(buffers.map(({ byteLength }) => byteLength)).toEqual([1, 2]);
  });

  it('reads JSON behind a byte order mark, as editors write it', () => {
    expect(read('\ufeff{"instances":[{"b64":"AQ=="}]}').instances).toHaveLength(1);
  });

  it.each([
    ['names', `{${Array.from({ length: 200_000 }, (_, n) => `"n${n}":1`).join()}}`],
    ['depths', `${'['.repeat(200_000)}${']'.repeat(200_000)}`],
    ['objects', `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`],
  ])('refuses a body of many %s before it is parsed', (_, value) => {
    expect(() => read(`{"x":${value},"instances":[{"describe":true}]}`)).toThrow(
      /more than 100000/,
    );
  });

  it('says what of base64 is not taken', () => {
    expect(bytesOf('AQID\n')).toMatchObject({ line: expect.stringContaining('line breaks') });
  });

  it('says nothing of what a body held that is none', () => {
    for (const text of ['{"secret": ', '"secret"', '{"instances":"secret"}']) {
      const reading = () => read(text);
      expect(reading).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
      expect(reading).not.toThrow(/secret/);
    }
  });
});
