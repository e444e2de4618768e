// node scripts/render-studio-hero.mjs [NAME]: the layers of a sample, as the start of the studio shows them, into
// public/hero. Run `npm run build` before; the pictures are in the repository.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { createDiorama } from '../packages/engine/dist/index.js';

const PUBLIC = fileURLToPath(new URL('../apps/studio/public', import.meta.url));
const [name = 'tea'] = process.argv.slice(2);
const SIZE = { width: 720, height: 480, fit: 'cover' };

const diorama = await createDiorama();
try {
  const photo = await readFile(join(PUBLIC, 'samples', `${name}.jpg`));
  const { files } = await diorama.layers(photo, { formats: { plate: 'png' } });
  await mkdir(join(PUBLIC, 'hero'), { recursive: true });
  for (const layer of ['plate', 'depth', 'matte', 'subject']) {
    await sharp(files.get(`${layer}.png`))
      .resize(SIZE)
      .toColourspace('srgb')
      .webp({ quality: 78, alphaQuality: 90, effort: 6 })
      .toFile(join(PUBLIC, 'hero', `${layer}.webp`));
  }
} finally {
  await diorama.dispose();
}
