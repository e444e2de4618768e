import { npyOfRaster } from '@diorama/contract';
import type { PredictionAnswer } from '@diorama/engine';
import type { PiecewiseBody } from './layer-files.ts';
import { zipBody } from './zip.ts';

/** A prediction as NumPy's `.npz`: `depth.npy` and `matte.npy`, and `prediction.json` that describes them. */
export function npzBody({ document, planes }: PredictionAnswer): PiecewiseBody<Uint8Array> {
  const described = new TextEncoder().encode(JSON.stringify(document));
  const { depth, matte } = planes;
  return zipBody([
    { path: 'prediction.json', bytes: described },
    ...(depth ? [{ path: 'depth.npy', bytes: npyOfRaster(depth) }] : []),
    ...(matte ? [{ path: 'matte.npy', bytes: npyOfRaster(matte) }] : []),
  ]);
}
