import { renderScene, type Scene, type SceneFamily } from '@diorama/fixtures';
import sharp from 'sharp';
import { type PageFile, pageFile } from './page-file.ts';

/** A photo that the tests make, with everything that is true about it. */
export interface SamplePhoto {
  readonly scene: Scene;
  readonly file: PageFile;
}

/** Renders one; the same size and seed give the same file. */
export async function samplePhoto(
  family: SceneFamily,
  { width = 960, height = 640, seed = 4 } = {},
): Promise<SamplePhoto> {
  const scene = renderScene({ seed, width, height, family });
  const raw = { width, height, channels: 3 } as const;
  const png = await sharp(scene.photo.data, { raw }).png({ compressionLevel: 1 }).toBuffer();
  return { scene, file: pageFile(`${family}.png`, png, 'image/png') };
}
