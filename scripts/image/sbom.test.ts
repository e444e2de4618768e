import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

interface Component {
  readonly name: string;
  readonly type: string;
  readonly purl?: string;
}
interface Sbom {
  readonly serialNumber: string;
  readonly metadata: { readonly timestamp: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly object[];
}
const script = new URL('./sbom.mjs', import.meta.url).href;
const { buildSbom } = (await import(script)) as { buildSbom: (image: object) => Sbom }; // plain JavaScript

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'diorama-sbom-'));
  const manifest = (name: string) => JSON.stringify({ name, version: '1.0.0' });
  write('app/packages/cli/package.json', manifest('@diorama/cli'));
  write('app/node_modules/one/package.json', manifest('one'));
  write('app/node_modules/@of/two/package.json', manifest('@of/two'));
  write('app/node_modules/one/node_modules/three/package.json', manifest('three'));
  write('usr/local/bin/node', 'node');
  write('etc/os-release', 'ID=debian\nVERSION_ID="12"\n');
  write(
    'var/lib/dpkg/status',
    'Package: libc6\nStatus: install ok installed\nArchitecture: amd64\nVersion: 2.36-9+deb12u1\nDepends: libgcc-s1\n' +
      ' continued: line\n\nPackage: gone\nStatus: deinstall ok config-files\nArchitecture: all\nVersion: 1\n',
  );
  writeModel('weights');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function writeModel(weights: string) {
  const folder = 'app/packages/runtime/models/embedded';
  const sha256 = createHash('sha256').update('weights').digest('hex');
  const card = { id: 'small', version: '1', licence: { spdx: 'Apache-2.0' }, sha256 };
  write(`${folder}/small.card.json`, JSON.stringify(card));
  write(`${folder}/small.onnx`, weights);
}

const npmSbom = {
  bomFormat: 'CycloneDX',
  metadata: { component: { 'bom-ref': 'diorama@1.0.0', type: 'library', name: 'checkout' } },
  components: ['@diorama/cli', 'one', '@of/two', 'three', 'vitest'].map((name) => ({
    'bom-ref': `${name}@1.0.0`,
    type: 'library',
    name: name === '@diorama/cli' ? 'cli' : name,
    version: '1.0.0',
    purl: `pkg:npm/${name}@1.0.0`,
  })),
  dependencies: [
    { ref: 'diorama@1.0.0', dependsOn: ['vitest@1.0.0', '@diorama/cli@1.0.0'] },
    { ref: 'vitest@1.0.0', dependsOn: [] },
  ],
};
const build = () => buildSbom({ root, npmSbom, nodeVersion: '20.1.0', epochSeconds: 60 });

it('names what is in the image, and not what is only in the checkout', () => {
  const sbom = build();
  expect(sbom.components.map(({ name }) => name)).toEqual([
    '@diorama/cli',
    'one',
    '@of/two',
    'three',
    'node',
    'small',
    'libc6',
  ]);
  expect(sbom.components.at(-1)?.purl).toBe(
    'pkg:deb/debian/libc6@2.36-9%2Bdeb12u1?arch=amd64&distro=debian-12',
  );
  expect(sbom.metadata.component).toMatchObject({ type: 'container', name: 'diorama' });
  expect(sbom.dependencies).toEqual([{ ref: 'diorama@1.0.0', dependsOn: ['@diorama/cli@1.0.0'] }]);
});

it('names what is bundled into the studio, where that is in the image', () => {
  const rule = '-'.repeat(80);
  const parts = ['vitest 1.0.0 (MIT)\n\nMIT License', 'libaom, Copyright (c) 2016\n(BSD-2-Clause)'];
  write('app/apps/studio/dist/licences.txt', parts.join(`\n\n${rule}\n\n`));
  expect(build().components.map(({ name }) => name)).toContain('vitest');
  write('app/apps/studio/dist/licences.txt', 'stray 1.0.0 (MIT)');
  expect(build).toThrow('not known to npm: stray@1.0.0');
});

it('is the same for the same image, and another for another', () => {
  const before = build();
  expect(build()).toEqual(before);
  expect(before.metadata.timestamp).toBe('1970-01-01T00:01:00.000Z');
  write('usr/local/bin/node', 'another node');
  expect(build().serialNumber).not.toBe(before.serialNumber);
});

it('refuses a package that npm does not know, and weights that are not those of their card', () => {
  writeModel('other weights');
  expect(build).toThrow('The weights of small are not those of its card.');
  writeModel('weights');
  write('app/node_modules/stray/package.json', '{"name":"stray","version":"1.0.0"}');
  expect(build).toThrow('not known to npm: stray@1.0.0');
});
