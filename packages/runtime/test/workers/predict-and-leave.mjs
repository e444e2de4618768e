// Predicts once on a tiny model and leaves: disposed, idle, or by process.exit.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { byteRaster } from '@diorama/core';
import { createLocalPredictor, findModelCard } from '@diorama/runtime';

const path = fileURLToPath(new URL('../tiny-models/channels.onnx', import.meta.url));
const bytes = readFileSync(path);
const model = {
  ...(await findModelCard('diorama-s')),
  id: 'tiny',
  sources: [{ kind: 'file', path }],
  bytes: bytes.byteLength,
  sha256: createHash('sha256').update(bytes).digest('hex'),
};
const predictor = await createLocalPredictor({ model, sessions: 2, threads: 2 });
const image = byteRaster({ width: 32, height: 32 }, 3);
const { depth } = await predictor.predict({ image, wanted: ['depth'] });
console.log(`${depth.data.length} samples`);
if (process.argv[2] === 'dispose') await predictor.dispose();
if (process.argv[2] === 'exit') process.exit(0);
