import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Size } from '@diorama/core';
import { renderScene } from '@diorama/fixtures';
import sharp, { type Sharp } from 'sharp';
import { ROOT } from './root.ts';

export const PHOTO_512: Size = { width: 512, height: 384 };
export const PHOTO_12MP: Size = { width: 4000, height: 3000 };
export const PHOTO_48MP: Size = { width: 8000, height: 6000 };

/** Photos beside the repository; not every checkout has them. */
export const PHOTOS_FOLDER = join(ROOT, '..', 'shared', 'photos');
const JPEG_QUALITY = 90;
const SCENE_SEED = 5;

/** Where the pictures that are measured come from. */
export interface PhotoSource {
  /** For the report: a file's name, or that it is a rendered scene. */
  readonly title: string;
  /** The photo at exactly a size, cropped to its shape, as a JPEG of quality 90. */
  jpeg(size: Size): Promise<Uint8Array>;
}

/** Opens the photo named, or the first photo of 12 megapixels or more beside the repository, or renders a scene. */
export async function openPhotoSource(named?: string): Promise<PhotoSource> {
  const found = named ?? (await findLargePhoto());
  const made = new Map<string, Promise<Uint8Array>>();
  const original = found === undefined ? undefined : await readFile(found);
  return {
    title:
      found === undefined ? `rendered scene ${SCENE_SEED}` : (found.split(/[/\\]/).pop() ?? found),
    jpeg(size) {
      const key = `${size.width}x${size.height}`;
      const known = made.get(key) ?? makeJpeg(original, size);
      made.set(key, known);
      return known;
    },
  };
}

async function findLargePhoto(): Promise<string | undefined> {
  if (!existsSync(PHOTOS_FOLDER)) return undefined;
  const names = readdirSync(PHOTOS_FOLDER).filter((name) => name.endsWith('.jpg'));
  for (const name of names.sort()) {
    const path = join(PHOTOS_FOLDER, name);
    const { width, height } = await sharp(path).metadata();
    if (width * height >= PHOTO_12MP.width * PHOTO_12MP.height) return path;
  }
  return undefined;
}

async function makeJpeg(original: Uint8Array | undefined, size: Size): Promise<Uint8Array> {
  const upright = original === undefined ? scene() : sharp(original).autoOrient();
  const { data } = await upright
    .resize({ ...size, fit: 'cover' })
    .jpeg({ quality: JPEG_QUALITY })
    .toBuffer({ resolveWithObject: true });
  return new Uint8Array(data);
}

function scene(): Sharp {
  const { photo } = renderScene({ seed: SCENE_SEED, family: 'figure', ...PHOTO_12MP });
  const { width, height, data } = photo;
  return sharp(data, { raw: { width, height, channels: 3 } });
}
