import { renderScene, type Scene } from '@diorama/fixtures';
import sharp from 'sharp';

/** A picture as its samples, 0..255, with the channels that its file has. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** Decodes a file of an answer; absent ones fail the test. */
export async function readPicture(bytes: Uint8Array | undefined): Promise<Picture> {
  if (!bytes) throw new Error('the answer lacks the file');
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

/** The samples of one pixel. */
export function pixelAt({ width, channels, data }: Picture, x: number, y: number): number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

/** A scene and its photo as a lossless file. */
export async function scenePhoto(options: Parameters<typeof renderScene>[0]): Promise<{
  readonly scene: Scene;
  readonly png: Uint8Array;
}> {
  const scene = renderScene(options);
  const { width, height, data } = scene.photo;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  return { scene, png };
}

/** Intersection over union of a matte's opaque half and what a test says of each pixel. */
export function overlap(matte: Picture, isIn: (pixel: number) => boolean): number {
  let both = 0;
  let either = 0;
  for (let pixel = 0; pixel < matte.width * matte.height; pixel++) {
    const isOpaque = (matte.data[pixel * matte.channels] ?? 0) >= 128;
    if (isOpaque && isIn(pixel)) both++;
    if (isOpaque || isIn(pixel)) either++;
  }
  return both / either;
}
