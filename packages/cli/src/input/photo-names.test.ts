import { expect, test } from 'vitest';
import { namePhotos } from './photo-names.ts';

test('a photo is named after its file', () => {
  expect(namePhotos(['/p/beach.jpg', '/p/IMG 1.HEIC', '/p/noending', '/p/a.b.jpg'])).toEqual([
    'beach',
    'IMG 1',
    'noending',
    'a.b',
  ]);
});

test('photos of one stem get their endings, both of them', () => {
  expect(namePhotos(['/p/a.jpg', '/p/b.jpg', '/p/a.png'])).toEqual(['a-jpg', 'b', 'a-png']);
});

test('photos of one file name get the folders above them', () => {
  expect(namePhotos(['/p/x/a.jpg', '/p/y/a.jpg', '/p/z/a.png'])).toEqual([
    'x-a-jpg',
    'y-a-jpg',
    'a-png',
  ]);
  expect(namePhotos(['/p/x/s/a.jpg', '/p/y/s/a.jpg'])).toEqual(['x-s-a-jpg', 'y-s-a-jpg']);
});

test('names do not depend on the order of the photos', () => {
  const paths = ['/p/a.jpg', '/p/a.png', '/q/a.jpg', '/q/A.JPG', '/q/b.jpg'];
  const named = new Map(namePhotos(paths).map((name, i) => [paths[i], name]));
  const turned = [...paths].reverse();
  expect(new Map(namePhotos(turned).map((name, i) => [turned[i], name]))).toEqual(named);
});

test('names differ where a file system does not tell upper from lower case', () => {
  const names = namePhotos(['/p/Beach.jpg', '/p/beach.png', '/p/BEACH.webp']);
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(3);
});

test('a name that another photo has by itself is not taken', () => {
  const names = namePhotos(['/p/a.jpg', '/p/a.png', '/p/a-jpg.webp', '/a/x-y.jpg', '/a-x/y.jpg']);
  expect(new Set(names).size).toBe(5);
});

test('files that nothing tells apart but case are numbered', () => {
  const names = namePhotos(['/p/A.jpg', '/p/a.jpg']);
  expect(names.map((name) => name.toLowerCase())).toEqual(['p-a-jpg', 'p-a-jpg-2']);
});

test('no name is hidden, climbs out of the folder, or is too long', () => {
  const long = `/p/${'ü'.repeat(120)}.jpg`;
  const longer = `/p/${'ü'.repeat(119)}v.jpg`;
  const names = namePhotos(['/p/...jpg', '/p/.hidden.jpg', '/p/..jpg', long, longer]);
  expect(names.slice(0, 3)).toEqual(['__', '_hidden', '_']);
  for (const name of names) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
  expect(new Set(names).size).toBe(5);
});

test('ten thousand photos of one name are told apart', () => {
  const paths = Array.from({ length: 10_000 }, (_, i) => `/photos/${i}/IMG.jpg`);
  expect(new Set(namePhotos(paths)).size).toBe(10_000);
});
