import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('./app-files.mjs', import.meta.url));
const HERE = `${process.platform}/${process.arch}`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-app-files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text = 'x') {
  const file = join(folder, 'from', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

function writePackage(place: string, manifest: object, files: readonly string[]) {
  write(`${place}/package.json`, JSON.stringify({ version: '1.0.0', ...manifest }));
  for (const path of files) write(`${place}/${path}`);
}

/** A checkout with all that the real one has to be careful about. */
function writeCheckout() {
  write('LICENSE');
  write('node_modules/.package-lock.json');
  writePackage(
    'packages/cli',
    { name: '@diorama/cli', dependencies: { '@diorama/runtime': '*', plain: '*' } },
    ['src/main.ts', 'dist/main.js', 'dist/main.js.map', 'dist/main.d.ts', 'dist/.tsbuildinfo'],
  );
  writePackage(
    'packages/runtime',
    { name: '@diorama/runtime', dependencies: { 'onnxruntime-node': '*', 'onnxruntime-web': '*' } },
    ['dist/index.js', 'models/embedded/small.onnx', 'page/index.html', 'test/pool.js'],
  );
  writePackage('packages/unused', { name: '@diorama/unused' }, ['dist/index.js']);
  mkdirSync(join(folder, 'from/node_modules/@diorama'), { recursive: true });
  for (const name of ['cli', 'runtime', 'unused']) {
    symlinkSync(`../../packages/${name}`, join(folder, 'from/node_modules/@diorama', name));
  }
  writePackage(
    'node_modules/onnxruntime-node',
    { name: 'onnxruntime-node', dependencies: { 'adm-zip': '*' } },
    [
      `bin/napi-v6/${HERE}/binding.node`,
      'bin/napi-v6/plan9/mips/binding.node',
      'dist/index.js',
      'script/install.js',
    ],
  );
  writePackage('node_modules/onnxruntime-web', { name: 'onnxruntime-web' }, ['dist/ort.js']);
  writePackage('node_modules/adm-zip', { name: 'adm-zip' }, ['index.js']);
  writePackage('node_modules/vitest', { name: 'vitest' }, ['index.js']);
  writePackage(
    'node_modules/plain',
    {
      name: 'plain',
      dependencies: { inner: '*', '@types/node': '*' },
      optionalDependencies: { absent: '*' },
      peerDependencies: { offered: '*', missing: '*' },
    },
    ['index.js', 'index.d.ts', 'LICENCE.txt', 'README.md', 'docs/page.js', 'lib/docs/kept.js'],
  );
  writePackage('node_modules/plain/node_modules/inner', { name: 'inner' }, ['i.js', 'README.md']);
  writePackage('node_modules/inner', { name: 'inner' }, ['other.js']);
  writePackage('node_modules/offered', { name: 'offered' }, ['index.cjs', 'NOTICE']);
  writePackage('node_modules/@types/node', { name: '@types/node' }, ['index.js']);
}

function assemble() {
  return spawnSync(process.execPath, [SCRIPT, join(folder, 'from'), join(folder, 'to')], {
    encoding: 'utf8',
  });
}

it('copies what the command loads, and nothing else', () => {
  writeCheckout();
  const { status, stderr } = assemble();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  const entries = readdirSync(join(folder, 'to'), { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, 'to').length + 1));
  expect(files.sort()).toEqual(
    [
      'LICENSE',
      'node_modules/@diorama/runtime',
      'node_modules/offered/NOTICE',
      'node_modules/offered/index.cjs',
      'node_modules/offered/package.json',
      `node_modules/onnxruntime-node/bin/napi-v6/${HERE}/binding.node`,
      'node_modules/onnxruntime-node/dist/index.js',
      'node_modules/onnxruntime-node/package.json',
      'node_modules/plain/LICENCE.txt',
      'node_modules/plain/index.js',
      'node_modules/plain/lib/docs/kept.js',
      'node_modules/plain/node_modules/inner/README.md',
      'node_modules/plain/node_modules/inner/i.js',
      'node_modules/plain/node_modules/inner/package.json',
      'node_modules/plain/package.json',
      'packages/cli/dist/main.js',
      'packages/cli/package.json',
      'packages/runtime/dist/index.js',
      'packages/runtime/models/embedded/small.onnx',
      'packages/runtime/package.json',
      'packages/runtime/page/index.html',
    ].sort(),
  );
  const link = readlinkSync(join(folder, 'to/node_modules/@diorama/runtime'));
  expect(link).toBe('../../packages/runtime');
});

it('fails where a package is not installed that another one needs', () => {
  writeCheckout();
  rmSync(join(folder, 'from/node_modules/onnxruntime-node'), { recursive: true });
  const { status, stderr } = assemble();
  expect(status).not.toBe(0);
  expect(stderr).toContain('@diorama/runtime needs onnxruntime-node');
});
