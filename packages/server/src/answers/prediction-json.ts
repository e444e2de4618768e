import type { PredictionDocument } from '@diorama/contract';
import type { PredictionAnswer } from '@diorama/engine';
import { asBuffer } from './as-buffer.ts';

/** A prediction's document with the files of its planes in it, in base64. */
export function documentWithPlanes({ document, files }: PredictionAnswer): PredictionDocument {
  const planes = { ...document.planes };
  for (const name of ['depth', 'matte'] as const) {
    const [plane, file] = [planes[name], files[name]];
    if (plane && file) planes[name] = { ...plane, data: asBuffer(file).toString('base64') };
  }
  return { ...document, planes };
}
