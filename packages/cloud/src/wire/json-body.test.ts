import { predictBodySchema } from '@diorama/contract';
import { describe, expect, it } from 'vitest';
import { roomInJsonBody, writeJsonBody } from './json-body.ts';

describe('the body of a JSON request', () => {
  it.each(['image', 'sealed'] as const)('holds a picture as %s, and reads back', (kind) => {
    const bytes = Uint8Array.of(1, 2, 3, 250);
    const body = writeJsonBody(kind, bytes, { tasks: ['depth'], fitted: true });
    const { instances, parameters } = predictBodySchema.parse(JSON.parse(body));
    expect(instances).toEqual([{ [kind]: { b64: Buffer.from(bytes).toString('base64') } }]);
    expect(parameters).toEqual({ tasks: ['depth'], fitted: true });
  });

  it('is as long as was reckoned, never a byte longer, for every remainder', () => {
    const parameters = { deadlineMs: 12_345, fitted: false } as const;
    for (let maxBytes = 1000; maxBytes < 1008; maxBytes++) {
      const room = roomInJsonBody('image', parameters, maxBytes);
      const fits = writeJsonBody('image', new Uint8Array(room), parameters);
      const tooMuch = writeJsonBody('image', new Uint8Array(room + 1), parameters);
      expect(fits.length).toBeLessThanOrEqual(maxBytes);
      expect(tooMuch.length).toBeGreaterThan(maxBytes);
    }
  });
});
