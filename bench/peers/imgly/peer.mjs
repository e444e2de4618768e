// A measured peer: takes a JPEG's bytes by message, answers how long its own call takes to give the cutout.
// Runs with this folder as its working folder, where the library looks for its models by default.
import { removeBackground } from '@imgly/background-removal-node';

process.on('message', async ({ jpeg, model, answer }) => {
  try {
    // Its default answer is a PNG; the samples behind it only when they are asked for.
    const output = answer === 'alpha' ? { output: { format: 'image/x-rgba8' } } : {};
    const startedAt = performance.now();
    // The library refuses bytes without a type.
    const photo = new Blob([jpeg], { type: 'image/jpeg' });
    const cutout = await removeBackground(photo, { model, ...output });
    const bytes = await cutout.arrayBuffer();
    const ms = performance.now() - startedAt;
    if (answer !== 'alpha') return process.send?.({ ms, pngBytes: bytes.byteLength });
    process.send?.({ ms, ...sizeIn(cutout.type), alpha: everyFourth(new Uint8Array(bytes)) });
  } catch (error) {
    process.send?.({ failed: String(error) });
  }
});

function sizeIn(type) {
  const side = (name) => Number(new RegExp(`${name}=(\\d+)`).exec(type)?.[1]);
  return { width: side('width'), height: side('height') };
}

function everyFourth(rgba) {
  const alpha = new Uint8Array(rgba.length / 4);
  for (let pixel = 0; pixel < alpha.length; pixel++) alpha[pixel] = rgba[4 * pixel + 3];
  return alpha;
}
