import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderScene } from '@diorama/fixtures';
import sharp from 'sharp';
import { PHOTOS_FOLDER } from './photo-source.ts';

/** A photo as a person sends it. */
export interface NamedPhoto {
  readonly name: string;
  readonly jpeg: Uint8Array;
}

const SCENES = 6;
const SCENE_SIZE = { width: 1600, height: 1200 };

/** Every photo beside the repository as it is, or a few rendered scenes. */
export async function openPhotoSet(): Promise<readonly NamedPhoto[]> {
  const names = existsSync(PHOTOS_FOLDER)
    ? readdirSync(PHOTOS_FOLDER).filter((name) => name.endsWith('.jpg'))
    : [];
  if (names.length === 0)
    return Promise.all(Array.from({ length: SCENES }, (_, n) => scene(n + 1)));
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      jpeg: new Uint8Array(await readFile(join(PHOTOS_FOLDER, name))),
    })),
  );
}

async function scene(seed: number): Promise<NamedPhoto> {
  const { width, height, data } = renderScene({ seed, ...SCENE_SIZE }).photo;
  const bytes = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { name: `rendered scene ${seed}`, jpeg: new Uint8Array(bytes) };
}
