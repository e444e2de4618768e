import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findEvalPhotos } from './eval-folder.ts';

async function folderWith(...paths: string[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'diorama-eval-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), '');
  }
  return folder;
}

test('photos are found with what lies beside them, at any depth', async () => {
  const folder = await folderWith(
    'set/matte/zoo__1.jpg',
    'set/matte/zoo__1.alpha.png',
    'set/depth/lab__a.b.png',
    'set/depth/lab__a.b.depth.png',
    'set/depth/lab__a.b.json',
    'set/nosubject/sea.jpg',
    'set/README.md',
  );

  const { photos, failures, notPhotos } = await findEvalPhotos('set', folder);

  const at = (path: string) => join(folder, 'set', path);
  const common = { isNoSubject: false };
  expect(photos.map(({ path, shown, ...photo }) => photo)).toEqual([
    {
      ...common,
      file: 'depth/lab__a.b.png',
      source: 'lab',
      depthPath: at('depth/lab__a.b.depth.png'),
      descriptionPath: at('depth/lab__a.b.json'),
    },
    { ...common, file: 'matte/zoo__1.jpg', source: 'zoo', alphaPath: at('matte/zoo__1.alpha.png') },
    { file: 'nosubject/sea.jpg', source: 'sea', isNoSubject: true },
  ]);
  expect(photos[0]).toMatchObject({
    path: at('depth/lab__a.b.png'),
    shown: join('set', 'depth/lab__a.b.png'),
  });
  expect([failures, notPhotos]).toEqual([[], 1]);
});

test('a folder that is called nosubject is one, also when it is named itself', async () => {
  const folder = await folderWith('nosubject/sea.jpg', 'nosubject/more/hill.jpg');
  const { photos } = await findEvalPhotos('nosubject', folder);
  expect(photos.map(({ isNoSubject }) => isNoSubject)).toEqual([true, true]);
});

test('what has no counterpart is named', async () => {
  const folder = await folderWith(
    'good.jpg',
    'good.alpha.png',
    'bare.jpg',
    'lost.alpha.png',
    'gone.depth.png',
    'gone.json',
    'twin.jpg',
    'twin.png',
    'twin.alpha.png',
    'alone.json',
  );

  const { photos, failures } = await findEvalPhotos('.', folder);

  expect(photos.map(({ file }) => file)).toEqual(['good.jpg']);
  const said = failures.map(({ input, error }) => [input, error.code, error.message]);
  expect(said).toEqual([
    ['bare.jpg', 'TRUTH_UNUSABLE', expect.stringContaining('no truth beside it')],
    ['gone.depth.png', 'TRUTH_UNUSABLE', expect.stringContaining('no photo')],
    ['lost.alpha.png', 'TRUTH_UNUSABLE', expect.stringContaining('no photo')],
    ['twin.png', 'TRUTH_UNUSABLE', expect.stringContaining('two photos')],
  ]);
});

test.each([
  ['gone', /no such file or folder/],
  ['photo.jpg', /Is not a folder/],
  ['.', /Nothing in \. can be measured/],
])('%s is refused', async (given, message) => {
  const folder = await folderWith('photo.jpg');
  await expect(findEvalPhotos(given, folder)).rejects.toMatchObject({
    code: 'INPUT_NOT_FOUND',
    message: expect.stringMatching(message),
  });
});
