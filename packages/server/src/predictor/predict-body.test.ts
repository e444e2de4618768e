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

  it('says nothing of what a body held that is none', () => {
    for (const text of ['{"secret": ', '"secret"', '{"instances":"secret"}']) {
      const reading = () => read(text);
      expect(reading).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
      expect(reading).not.toThrow(/secret/);
    }
  });
});
