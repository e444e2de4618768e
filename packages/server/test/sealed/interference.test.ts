import { connect } from 'node:net';
import { problemDocumentSchema, SEALED_TYPE } from '@diorama/contract';
import { createSealedClient } from '@diorama/sealed/caller';
import { describe, expect, it } from 'vitest';
import { recordTo } from './recording-proxy.ts';
import {
  arrayOf,
  DEADLINE_MS,
  modelPicture,
  newSealFile,
  startGateway,
  startPredictor,
} from './sealed-stage.ts';

const picture = arrayOf(modelPicture());
/** Parts of a request to the key `first`, by where they begin: docs/sealed.md. */
const REQUEST_PARTS = { magic: 0, version: 4, id: 6, time: 18, enc: 20, ciphertext: 84, tag: -1 };
const ANSWER_PARTS = { magic: 0, version: 4, enc: 6, ciphertext: 70, tag: -1 };

function flipped(message: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(message);
  const index = at < 0 ? copy.length + at : at;
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
}

async function refusalOf(origin: string, path: string, message: Uint8Array<ArrayBuffer>) {
  const headers = { 'content-type': SEALED_TYPE };
  const answer = await fetch(new URL(path, origin), { method: 'POST', headers, body: message });
  const problem = problemDocumentSchema.parse(await answer.json());
  expect(answer.status).toBe(problem.status);
  return problem;
}

/** Sends recorded bytes once more, as they were, and answers what came back. */
function playAgain(port: number, bytes: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let said = '';
    socket.setTimeout(DEADLINE_MS, () => socket.destroy(new Error('It says nothing.')));
    socket.on('error', reject);
    socket.on('data', (more) => {
      said += more.toString('latin1');
      if (!/"retryable":\w+/.test(said)) return;
      socket.destroy();
      resolve(said);
    });
  });
}

describe('whoever stands between', { timeout: DEADLINE_MS }, () => {
  it('cannot change a request or an answer, nor send a request again', async () => {
    const predictor = await startPredictor({ DIORAMA_SEAL_KEYS: await newSealFile() });
    const behind = await recordTo(predictor);
    const gateway = await startGateway(`${behind.origin}?model=diorama-s`);
    const messages: Uint8Array<ArrayBuffer>[] = [];
    let changeAnswer = (answer: Uint8Array<ArrayBuffer>) => answer;
    const client = createSealedClient({
      baseUrl: gateway.origin,
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        if (!(init?.body instanceof Uint8Array)) return answer;
        messages.push(Uint8Array.from(init.body));
        const { status, headers } = answer;
        const bytes = new Uint8Array(await answer.arrayBuffer());
        return new Response(changeAnswer(bytes), { status, headers });
      },
    });
    const { depth } = await client.predict(picture);
    expect(depth?.data.length).toBeGreaterThan(0);
    const message = messages.at(-1) ?? new Uint8Array();

    const ways = [
      [gateway.origin, '/v1/predict'],
      [`http://127.0.0.1:${predictor}`, '/predict'],
    ] as const;
    for (const [origin, path] of ways) {
      for (const [part, at] of Object.entries(REQUEST_PARTS)) {
        const { code } = await refusalOf(origin, path, flipped(message, at));
        expect([part, code]).toEqual([part, part === 'id' ? 'SEAL_KEY_UNKNOWN' : 'SEAL_INVALID']);
      }
      const stale = await refusalOf(origin, path, flipped(message, 14));
      // By which a caller whose clock is wrong mends it.
      const nowMs = expect.closeTo(Date.now(), -5);
      expect(stale).toMatchObject({ code: 'SEAL_STALE', limits: { nowMs } });
      const cut = await refusalOf(origin, path, message.slice(0, -1));
      expect(cut.code).toBe('SEAL_INVALID');
      expect((await refusalOf(origin, path, message)).code).toBe('SEAL_REPLAYED');
    }

    for (const [part, at] of Object.entries(ANSWER_PARTS)) {
      changeAnswer = (answer) => flipped(answer, at);
      const failed = await client.predict(picture).catch((error: unknown) => error);
      expect([part, failed]).toMatchObject([part, { code: 'SEAL_INVALID' }]);
    }
    let kept = new Uint8Array();
    changeAnswer = (answer) => {
      kept = answer;
      return answer;
    };
    await client.predict(picture);
    changeAnswer = () => kept;
    await expect(client.predict(picture)).rejects.toMatchObject({ code: 'SEAL_INVALID' });
  });

  it('cannot play a recorded connection again', async () => {
    const predictor = await startPredictor({ DIORAMA_SEAL_KEYS: await newSealFile() });
    const behind = await recordTo(predictor);
    const gateway = await startGateway(`${behind.origin}?model=diorama-s`);
    const keys = await fetch(new URL('/v1/seal-keys', gateway.origin));
    const { keys: known } = (await keys.json()) as { keys: [{ id: string; publicKey: string }] };
    behind.forget();
    await createSealedClient({ baseUrl: gateway.origin, keys: known }).predict(picture);
    const said = await playAgain(predictor, behind.recorded().sent);
    expect(said).toMatch(/^HTTP\/1\.1 409 /);
    expect(said).toContain('"code":"SEAL_REPLAYED"');
  });
});
