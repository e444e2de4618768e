import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fromRaster, makeBombPng, renderScene } from '@diorama/fixtures';
import sharp from 'sharp';

/** The least that a photo may have to be refused for its bytes, and for its pixels. */
export const MAX_BYTES = 400_000;
export const MAX_PIXELS = 2_000_000;

/** What recorded requests call by a name, as bytes. */
export type Material = ReadonlyMap<string, Buffer>;

/** Pictures and what only looks like one. */
export async function makeMaterial(): Promise<Material> {
  const scene = renderScene({ seed: 13, family: 'street', width: 900, height: 600 });
  const landscape = renderScene({ seed: 4, family: 'empty', width: 900, height: 600 });
  const photo = await fromRaster(scene.photo).jpeg({ quality: 90 }).toBuffer();
  const background = { width: 300, height: 300, channels: 3, background: '#fa780a' } as const;
  return new Map([
    ['photo', photo],
    ['landscape', await fromRaster(landscape.photo).jpeg().toBuffer()],
    ['backdrop', await sharp({ create: background }).png().toBuffer()],
    ['half', photo.subarray(0, photo.length / 2)],
    ['text', Buffer.from('This is no picture at all, and no JSON either.')],
    ['empty', Buffer.alloc(0)],
    ['large', Buffer.alloc(MAX_BYTES + 1, 7)],
    ['huge', Buffer.from(makeBombPng(4000, 3000))],
  ]);
}

/** A server on loopback that has the material under its names, as photos.example. */
export async function serveMaterial(material: Material) {
  const server = createServer((request, response) => {
    const bytes = material.get(request.url?.slice(1) ?? '');
    response.writeHead(bytes === undefined ? 404 : 200).end(bytes);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `photos.example:${(server.address() as AddressInfo).port}`;
  return {
    host,
    net: {
      resolve: async () => ['127.0.0.1'],
      isAllowed: (address: string) => address === '127.0.0.1',
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
