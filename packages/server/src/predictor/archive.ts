import type { PredictionAnswer } from '@diorama/engine';
import type { PiecewiseBody } from '../answers/layer-files.ts';
import { npzBody } from '../answers/npz.ts';
import { type ZipEntry, zipBody } from '../answers/zip.ts';

/** A prediction as an archive: prediction.json, and its planes as the PNG files or the arrays that they are. */
export function predictionArchive(answer: PredictionAnswer): PiecewiseBody<Uint8Array> {
  const { document, files, planes } = answer;
  if (planes.depth ?? planes.matte) return npzBody(answer);
  const made = (['depth', 'matte'] as const).flatMap((name): ZipEntry[] => {
    const bytes = files[name];
    return bytes ? [{ path: `${name}.png`, bytes }] : [];
  });
  const described = new TextEncoder().encode(JSON.stringify(document));
  return zipBody([{ path: 'prediction.json', bytes: described }, ...made]);
}

/** A body in one piece. */
export async function wholeBody(body: PiecewiseBody<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const whole = new Uint8Array(body.contentLength);
  let at = 0;
  for await (const piece of body.pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
