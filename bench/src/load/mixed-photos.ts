import type { Size } from '@diorama/core';
import sharp from 'sharp';
import { openPhotoSet } from '../photo-set.ts';
import type { PlannedRequest } from './load-plan.ts';

/** Long sides, and how photos come, in the proportions of an app's users: mostly shared ones, now and then a camera's own. */
const KINDS = [
  { longSidePx: 800, format: 'jpeg' },
  { longSidePx: 1280, format: 'jpeg' },
  { longSidePx: 1600, format: 'webp' },
  { longSidePx: 640, format: 'png' },
  { longSidePx: 2048, format: 'jpeg' },
  { longSidePx: 1024, format: 'jpeg' },
  { longSidePx: 1280, format: 'jpeg' },
  { longSidePx: 4000, format: 'jpeg' },
] as const;

/** Requests with photos of many sizes, shapes and types, always the same ones. */
export async function mixedPhotoRequests(path: string, count: number): Promise<PlannedRequest[]> {
  const photos = await openPhotoSet();
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const { longSidePx, format } = KINDS[n % KINDS.length] ?? KINDS[0];
      const photo = photos[n % photos.length];
      const bytes = await sharp(photo?.jpeg)
        .autoOrient()
        .resize({ width: longSidePx, height: longSidePx, fit: 'inside' })
        .toFormat(format)
        .toBuffer();
      return photoRequest(path, bytes, `image/${format}`);
    }),
  );
}

/** A request that brings one photo. */
export function photoRequest(path: string, bytes: Uint8Array, type: string): PlannedRequest {
  return {
    method: 'POST',
    path,
    headers: { 'content-type': type },
    body: Buffer.from(bytes).toString('base64'),
  };
}

/** Sizes of photos as chats and pages pass them on. */
export const SHARED_PHOTO: Size = { width: 1280, height: 960 };
