import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
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
import { foundIn, packedShare, secretsOf } from './secrets.ts';

const picture = modelPicture();
const secrets = secretsOf(picture);
/** A key's words and HTTP's own stand in the open. */
const NEARLY_NOTHING = 0.98;

async function post(origin: string, path: string, type: string, body: Uint8Array) {
  const headers = { 'content-type': type, accept: 'application/zip' };
  const answer = await fetch(new URL(path, origin), {
    method: 'POST',
    headers,
    body: Buffer.from(body),
  });
  expect(answer.status).toBe(200);
  return answer.arrayBuffer();
}

describe('what passes between a gateway and its predictor', { timeout: DEADLINE_MS }, () => {
  it('is read by whoever stands there, unless it is sealed', async () => {
    const predictor = await startPredictor({ DIORAMA_SEAL_KEYS: await newSealFile() });
    const open = await recordTo(predictor);
    const sealed = await recordTo(predictor);
    const plainly = await startGateway(`${open.origin}?model=diorama-s`);
    const sealing = await startGateway(`${sealed.origin}?model=diorama-s`, { sealsItself: true });
    const photo = await PHOTO_FILE_MAKERS.jpeg();
    const answers: Buffer[] = [];
    for (const { origin } of [plainly, sealing]) {
      const made = await post(origin, '/v1/predict', 'application/x-npy', arrayOf(picture).bytes);
      answers.push(Buffer.from(made));
      await post(origin, '/v1/layers?size=64', 'image/jpeg', photo);
    }
    const [first, second] = [open.recorded(), sealed.recorded()];

    expect(foundIn(first.sent, secrets)).toEqual(
      expect.arrayContaining(['an array', 'pixels', 'what is asked']),
    );
    expect(foundIn(first.answered, secrets)).toEqual(
      expect.arrayContaining([
        'an array',
        'the name of a document',
        'words of a document',
        'the name of a plane',
        'an archive',
      ]),
    );
    expect(packedShare(first.sent)).toBeLessThan(NEARLY_NOTHING);

    expect(second.sent.length).toBeGreaterThan(picture.data.length);
    expect(second.answered.length).toBeGreaterThan(picture.data.length);
    expect(foundIn(second.sent, secrets)).toEqual([]);
    expect(foundIn(second.answered, secrets)).toEqual([]);
    expect(packedShare(second.sent)).toBeGreaterThan(NEARLY_NOTHING);
    expect(packedShare(second.answered)).toBeGreaterThan(NEARLY_NOTHING);
    const samples = samplesOf(answers[0]);
    expect(samples.length).toBeGreaterThan(picture.width * picture.height);
    expect(samplesOf(answers[1])).toEqual(samples);
    expect(first.answered.includes(samples.subarray(1000, 1048))).toBe(true);
    expect(second.answered.includes(samples.subarray(1000, 1048))).toBe(false);
  });
});

describe('what passes between a caller and its predictor', { timeout: DEADLINE_MS }, () => {
  it('is read by nobody on the way, the gateway included', async () => {
    const file = await newSealFile();
    const port = await startPredictor({ DIORAMA_SEAL_KEYS: file, DIORAMA_SEAL: 'required' });
    const behind = await recordTo(port);
    const lines: string[] = [];
    const gateway = await startGateway(`${behind.origin}?model=diorama-s`, {
      logStream: { write: (line) => void lines.push(line) },
    });
    const before = await recordTo(gateway.port);
    const client = createSealedClient({ baseUrl: before.origin });
    const made = await client.predict(arrayOf(picture), { tasks: ['depth', 'matte'] });
    expect(made.document.size).toEqual({ width: picture.width, height: picture.height });
    expect(made.depth?.data).toHaveLength(picture.width * picture.height);
    expect(made.matte?.data).toHaveLength(picture.width * picture.height);

    for (const { sent, answered } of [before.recorded(), behind.recorded()]) {
      expect(sent.length).toBeGreaterThan(picture.data.length);
      expect(foundIn(sent, secrets)).toEqual([]);
      expect(foundIn(answered, secrets)).toEqual([]);
      expect(packedShare(sent)).toBeGreaterThan(NEARLY_NOTHING);
      expect(packedShare(answered)).toBeGreaterThan(NEARLY_NOTHING);
    }
    const line = lines.find((text) => text.includes('/v1/predict')) ?? '';
    expect(JSON.parse(line)).toMatchObject({ status: 200, bytesIn: expect.any(Number) });
    expect(line).not.toMatch(/widthPx|model/);
  });
});

/** The samples of the depth in an archive of two arrays. */
function samplesOf(archive: Buffer | undefined): Buffer {
  const from = archive?.indexOf(Buffer.from('\x93NUMPY', 'latin1')) ?? -1;
  const at = from + 128;
  return archive?.subarray(at, at + 2 * picture.width * picture.height) ?? Buffer.alloc(0);
}
