import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { HEIGHT, WIDTH, writePhoto } from './sample-photos.ts';

type At = (x: number, y: number) => number;

/** A truth that says `sample` of each pixel. */
async function writeTruth(
  folder: string,
  path: string,
  data: Uint8Array | Uint16Array,
): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  const space = data instanceof Uint16Array ? 'grey16' : 'b-w';
  const raw = { width: WIDTH, height: data.length / WIDTH, channels: 1 } as const;
  await sharp(data, { raw }).toColourspace(space).png().toFile(file);
}

/** A photo of a disc with the disc as its matte. */
export async function writeMatted(folder: string, name: string, height = HEIGHT): Promise<void> {
  await writePhoto(folder, `${name}.jpg`, 9);
  const disc: At = (x, y) => ((x - 80) ** 2 + (y - 70) ** 2 < 29 ** 2 ? 255 : 0);
  await writeTruth(folder, `${name}.alpha.png`, Uint8Array.from(everyPixel(disc, height)));
}

/** A photo with the depth of a floor: 16 bits, nearer towards the foot. */
export async function writeDepth(folder: string, name: string, about?: object): Promise<void> {
  await writePhoto(folder, `${name}.jpg`, 5);
  const floor: At = (_, y) => 1000 + 100 * y;
  await writeTruth(folder, `${name}.depth.png`, Uint16Array.from(everyPixel(floor, HEIGHT)));
  if (about) await writeFile(join(folder, `${name}.json`), JSON.stringify(about));
}

function everyPixel(at: At, height: number): number[] {
  return Array.from({ length: WIDTH * height }, (_, i) => at(i % WIDTH, Math.floor(i / WIDTH)));
}
