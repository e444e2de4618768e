// A measured peer: takes a JPEG's bytes by message, answers how long its own default call takes to give a PNG.
// Runs with this folder as its working folder, where the library looks for its model by default.
import { removeBackground } from '@imgly/background-removal-node';

process.on('message', async (jpeg) => {
  try {
    const startedAt = performance.now();
    // The library refuses bytes without a type.
    const photo = new Blob([jpeg], { type: 'image/jpeg' });
    const cutout = await removeBackground(photo, { model: 'small' });
    const png = await cutout.arrayBuffer();
    const ms = performance.now() - startedAt;
    process.send?.({ ms, pngBytes: png.byteLength });
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});
