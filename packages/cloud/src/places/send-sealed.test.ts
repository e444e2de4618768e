import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import type { PlaceLimits } from './place-limits.ts';
import type { Sending } from './remote-endpoint.ts';
import { sealFailure } from './seal-failure.ts';
import { roomForSealed, roomForSealedAnswer, sendSealed } from './send-sealed.ts';

const ANSWER = new Uint8Array([7, 8, 9]);
const SEALED = 'application/vnd.diorama.sealed';

function limitsOf(verb: PlaceLimits['verb']): PlaceLimits {
  const bytes = { maxRequestBytes: 50_000, maxAnswerBytes: 60_000 };
  return { verb, ...bytes, capMs: 1000, maxInFlight: 1 };
}

/** Sends a message of so many bytes, and answers what went out. */
async function sent(verb: PlaceLimits['verb'], messageBytes: number, answerType = SEALED) {
  const out: Sending[] = [];
  const json = JSON.stringify({ predictions: [{ sealed: { b64: 'BwgJ' } }] });
  const answer = await sendSealed(new Uint8Array(messageBytes), {
    limits: limitsOf(verb),
    leftMs: () => 1234,
    send: async (sending) => {
      out.push(sending);
      return {
        contentType: answerType,
        bytes: verb === 'json' ? new Uint8Array(Buffer.from(json)) : ANSWER,
      };
    },
  });
  expect(answer).toEqual(ANSWER);
  return out[0];
}

describe('a sealed message on its way', () => {
  it('is an instance where a place takes JSON, and never larger than it takes', async () => {
    const room = roomForSealed(limitsOf('json'));
    const sending = await sent('json', room);
    expect(sending?.contentType).toBe('application/json');
    expect(sending?.body.length).toBeLessThanOrEqual(50_000);
    const { instances, parameters } = JSON.parse(String(sending?.body));
    expect(Buffer.from(instances[0].sealed.b64, 'base64')).toHaveLength(room);
    expect(parameters).toEqual({ deadlineMs: 1234, maxBytes: 58_000 });
    expect(roomForSealedAnswer(limitsOf('json'))).toBe(43_500);
  });

  it('is the body where a place takes bytes, and says what the way back lets through', async () => {
    const sending = await sent('raw', 50_000);
    expect(sending?.contentType).toBe(`${SEALED}; deadline-ms=1234; max-bytes=60000`);
    expect(sending?.body).toHaveLength(50_000);
    expect(roomForSealedAnswer(limitsOf('raw'))).toBe(60_000);
  });

  it.each(['json', 'raw'] as const)('is refused when it has no room as %s', async (verb) => {
    const tooMany = roomForSealed(limitsOf(verb)) + 1;
    await expect(sent(verb, tooMany)).rejects.toMatchObject({
      code: 'PHOTO_TOO_MANY_BYTES',
      detail: { bytes: tooMany },
    });
  });

  it('gets no answer that came in the open', async () => {
    const open = sent('raw', 10, 'application/zip');
    await expect(open).rejects.toMatchObject({ code: 'MODEL_OUTPUT_INVALID' });
  });
});

describe('a place that does not take what we seal for it', () => {
  it.each([
    ['SEAL_KEY_UNKNOWN', 'CONFIG_INVALID'],
    ['SEAL_STALE', 'CONFIG_INVALID'],
    ['SEAL_INVALID', 'MODEL_OUTPUT_INVALID'],
    ['PREDICTOR_STARTING', 'PREDICTOR_STARTING'],
    ['PHOTO_TRUNCATED', 'PHOTO_TRUNCATED'],
  ] as const)('says %s, which is %s to its pool', (said, code) => {
    expect(sealFailure(new DioramaError(said, 'Said.'))).toMatchObject({ code });
  });
});
