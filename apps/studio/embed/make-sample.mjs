// node apps/studio/embed/make-sample.mjs: renders the sample of the embed page, with its true layers, into public/embed.
// The pictures are in the repository; this is how they were made.
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
// biome-ignore lint/correctness/noUndeclaredDependencies: a script for makers of the project, not part of the studio
import sharp from 'sharp';
import { renderScene } from '../../../fixtures/dist/index.js';

const OUT = fileURLToPath(new URL('../public/embed/', import.meta.url));
const WIDTH = 1320;
const HEIGHT = 880;

const scene = renderScene({ seed: 2, width: WIDTH, height: HEIGHT, family: 'street' });
await mkdir(OUT, { recursive: true });
const raw = (data, channels) =>
  sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), {
    raw: { width: WIDTH, height: HEIGHT, channels },
  });
await raw(scene.photo.data, 3).jpeg({ quality: 82, mozjpeg: true }).toFile(`${OUT}photo.jpg`);
await raw(scene.background.data, 3).jpeg({ quality: 78, mozjpeg: true }).toFile(`${OUT}plate.jpg`);
const subject = new Uint8Array(WIDTH * HEIGHT * 4);
for (let at = 0; at < WIDTH * HEIGHT; at++) {
  subject.set(scene.subjectColour.data.subarray(at * 3, at * 3 + 3), at * 4);
  subject[at * 4 + 3] = scene.alpha.data[at];
}
await raw(subject, 4).webp({ quality: 84, alphaQuality: 100 }).toFile(`${OUT}subject.webp`);

// Inverse depth of both on the photo's own scale, half the size: a view bends a coarser grid still.
const inverses = scene.depth.data.map((metres) => 1 / metres);
const near = inverses.reduce((a, b) => Math.max(a, b), 0);
const far = inverses.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
for (const [name, metres] of [
  ['depth', scene.depth.data],
  ['plate-depth', scene.backgroundDepth.data],
]) {
  const bytes = Uint8Array.from(metres, (value) =>
    Math.round(255 * Math.min(1, Math.max(0, (1 / value - far) / (near - far)))),
  );
  await raw(bytes, 1)
    .resize(WIDTH / 2)
    .toColourspace('b-w')
    .png({ compressionLevel: 9 })
    .toFile(`${OUT}${name}.png`);
}
