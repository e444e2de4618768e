import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';

export const WIDTH = 160;
export const HEIGHT = 120;

/** A small picture of a disc before a sky, other for each seed, in the format of the file's ending. */
export async function writePhoto(folder: string, path: string, seed = 1): Promise<string> {
  const data = new Uint8Array(WIDTH * HEIGHT * 3);
  for (let y = 0, at = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const isDisc = (x - 80) ** 2 + (y - 70) ** 2 < (20 + (seed % 20)) ** 2;
      data[at++] = isDisc ? 200 : y;
      data[at++] = isDisc ? 90 + seed : 120 + (y >> 1);
      data[at++] = isDisc ? 40 : 230 - seed;
    }
  }
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  const raw = { width: WIDTH, height: HEIGHT, channels: 3 } as const;
  await sharp(data, { raw }).toFile(file);
  return file;
}

/** A JPEG whose second half is missing. */
export async function writeCutPhoto(folder: string, path: string): Promise<void> {
  const whole = await sharp(await writePhoto(folder, path))
    .jpeg({ quality: 95 })
    .toBuffer();
  await writeFile(join(folder, path), whole.subarray(0, whole.length >> 1));
}
