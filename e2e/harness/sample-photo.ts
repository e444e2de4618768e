import { renderScene, type Scene, type SceneFamily } from '@diorama/fixtures';
import sharp from 'sharp';

/** A photo that the tests make, with everything that is true about it. */
export interface SamplePhoto {
  readonly scene: Scene;
  readonly file: { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };
}

/** Renders one; the same size and seed give the same file. */
export async function samplePhoto(
  family: SceneFamily,
  { width = 960, height = 640, seed = 4 } = {},
): Promise<SamplePhoto> {
  const scene = renderScene({ seed, width, height, family });
  const { data } = scene.photo;
  const buffer = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { scene, file: { name: `${family}.png`, mimeType: 'image/png', buffer } };
}
