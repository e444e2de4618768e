import { describe, expect, it } from 'vitest';
import { canOpenPages, openPage, servePage } from '../pages/browser-page.ts';
import { recordTo } from './recording-proxy.ts';
import {
  arrayOf,
  DEADLINE_MS,
  modelPicture,
  newSealFile,
  startGateway,
  startPredictor,
} from './sealed-stage.ts';
import { foundIn, secretsOf } from './secrets.ts';

describe.skipIf(!canOpenPages())('a page that seals', { timeout: DEADLINE_MS }, () => {
  it('is answered through a gateway that reads nothing of it', async () => {
    const origin = await servePage('sealed');
    const file = await newSealFile();
    const predictor = await startPredictor({ DIORAMA_SEAL_KEYS: file, DIORAMA_SEAL: 'required' });
    const gateway = await startGateway(`http://127.0.0.1:${predictor}?model=diorama-s`, {
      env: { DIORAMA_CORS_ORIGINS: origin },
    });
    const before = await recordTo(gateway.port);

    const page = await openPage(origin, 'sealAndPredict');
    const picture = modelPicture();
    const { type, bytes } = arrayOf(picture);
    const base64 = Buffer.from(bytes).toString('base64');
    const { width, height } = picture;
    expect(await page.call(before.origin, type, base64)).toEqual({
      model: 'diorama-s',
      size: { width, height },
      depth: width * height,
      matte: width * height,
      refused: 'SEAL_KEY_UNKNOWN',
      echoed: true,
    });
    const { sent, answered } = before.recorded();
    expect(sent.length).toBeGreaterThan(2 * bytes.length);
    expect(foundIn(sent, secretsOf(picture))).toEqual([]);
    expect(foundIn(answered, secretsOf(picture))).toEqual([]);
    // Chromium's own word of refusals, and of the icon that the page has not.
    expect(page.printed.filter((text) => !text.startsWith('Failed to load resource'))).toEqual([]);
  });
});
