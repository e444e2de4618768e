import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), 'utf8');

/** Instructions of a Dockerfile, joined over line ends, comments dropped. */
function instructionsOf(text: string): readonly { readonly name: string; readonly rest: string }[] {
  const lines = text
    .replaceAll(/^\s*#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n');
  return lines
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [name = '', ...rest] = line.split(' ');
      return { name, rest: rest.join(' ') };
    });
}

/** Those after the last FROM: what the image is. */
function imageOf(text: string) {
  const all = instructionsOf(text);
  const image = all.slice(all.findLastIndex(({ name }) => name === 'FROM') + 1);
  const only = (wanted: string) => {
    const found = image.filter(({ name }) => name === wanted);
    expect(found, wanted).toHaveLength(1);
    return found[0]?.rest ?? '';
  };
  return { all, image, only };
}

describe.each(['deploy/Dockerfile', 'deploy/Dockerfile.cuda'])('%s', (path) => {
  const { all, image, only } = imageOf(read(path));

  it('takes both bases as arguments, for x86-64', () => {
    expect(all.slice(0, 2).map(({ rest }) => rest.split('=')[0])).toEqual(['BASE', 'RUNTIME_BASE']);
    const bases = all.filter(({ name }) => name === 'FROM').map(({ rest }) => rest);
    expect(bases[0]).toMatch(/^--platform=linux\/amd64 \$\{BASE\} AS build$/);
    expect(bases[1]).toMatch(/^--platform=linux\/amd64 \$\{RUNTIME_BASE\}$/);
    expect(bases).toHaveLength(2);
  });

  it('installs by the lockfile, and verifies the weights that it bakes in', () => {
    const made = all.filter(({ name }) => name === 'RUN').map(({ rest }) => rest);
    expect(made.join('\n')).toMatch(/npm ci$/m);
    expect(made.at(-1)).toMatch(/models verify$/);
  });

  it('adds to its base what was made before, and runs nothing there', () => {
    expect(image.filter(({ name }) => ['RUN', 'ADD', 'VOLUME'].includes(name))).toEqual([]);
    expect(only('COPY')).toBe('--from=build /image/ /');
  });

  it('runs as a number that is not root, without a shell in between', () => {
    expect(only('USER')).toMatch(/^[1-9]\d{3,}:[1-9]\d{3,}$/);
    const entrypoint: unknown = JSON.parse(only('ENTRYPOINT'));
    const main = '/app/packages/cli/dist/main.js';
    expect(entrypoint).toEqual(['prlimit', '--core=1:1', 'node', main]);
    expect(JSON.parse(only('CMD'))).toEqual(['predictor']);
    expect(only('ENV')).toContain('NODE_ENV=production');
  });

  it('can be asked for its health without a shell', () => {
    const [, command = ''] = only('HEALTHCHECK').split(' CMD ');
    expect(JSON.parse(command)).toEqual(['node', '/app/health-check.mjs']);
    expect(existsSync(new URL('scripts/image/health-check.mjs', ROOT))).toBe(true);
  });
});

it('the image for GPUs takes nothing else for one', () => {
  const { all, only } = imageOf(read('deploy/Dockerfile.cuda'));
  expect(only('ENV')).toContain('DIORAMA_REQUIRE=gpu');
  expect(only('ENV')).toContain('DIORAMA_PROVIDER=cuda');
  const install = all.filter(({ rest }) => rest.includes('onnxruntime-node/script/install'));
  expect(install).toHaveLength(1);
  expect(all).toContainEqual({ name: 'ARG', rest: 'CUDA_LIBRARIES=cuda12' });
});

it('both images are one but for what the GPU needs', () => {
  const linesOf = (path: string) =>
    instructionsOf(read(path)).map(({ name, rest }) => `${name} ${rest}`);
  const cuda = linesOf('deploy/Dockerfile.cuda');
  const differing = linesOf('deploy/Dockerfile').filter((line) => !cuda.includes(line));
  expect(differing.map((line) => line.split('=')[0])).toEqual(['ARG RUNTIME_BASE', 'ENV NODE_ENV']);
});

it('a build is given named files alone', () => {
  const patterns = read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  expect(patterns[0]).toBe('*');
  const letIn = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  expect(letIn.filter((path) => !existsSync(new URL(path, ROOT)))).toEqual([]);
  const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }; // our own
  const manifests = workspaces.filter((it) => !it.endsWith('/*')).map((it) => `${it}/package.json`);
  expect(letIn).toEqual(expect.arrayContaining(manifests));
});
