// Predicts once on the embedded model and leaves: disposed, idle, by process.exit, or by process.exit in the middle of
// a run, which must wait for it: native code that is cut off aborts the process.
import { byteRaster } from '@diorama/core';
import { createLocalPredictor } from '@diorama/runtime';

const predictor = await createLocalPredictor({ sessions: 2, threads: 2 });
const image = byteRaster({ width: 32, height: 32 }, 3);
const { depth } = await predictor.predict({ image, wanted: ['depth'] });
console.log(`${depth.data.length} samples`);
if (process.argv[2] === 'exit-while-running') {
  void predictor.predict({ image: byteRaster({ width: 384, height: 288 }, 3), wanted: ['depth'] });
  setTimeout(() => process.exit(0), 30);
}
if (process.argv[2] === 'dispose') await predictor.dispose();
if (process.argv[2] === 'exit') process.exit(0);
