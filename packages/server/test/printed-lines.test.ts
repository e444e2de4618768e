import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildOpenApi } from '@diorama/contract/openapi';
import { fromRaster, renderScene } from '@diorama/fixtures';
import { loadConfig, type Service, serve } from '@diorama/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const README = new URL('../../../README.md', import.meta.url);
const SHELL_BLOCK = /^```sh\n([\s\S]*?)^```$/gm;
const hasCurl = spawnSync('curl', ['--version']).status === 0;

let folder: string;
let service: Service;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-readme-'));
  const { photo } = renderScene({ seed: 3, family: 'figure', width: 480, height: 360 });
  await writeFile(join(folder, 'photo.jpg'), await fromRaster(photo).jpeg().toBuffer());
  service = await serve(loadConfig({ PORT: '0', DIORAMA_LOG_LEVEL: 'silent' }));
  await service.ready;
});

afterAll(async () => {
  await service?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The lines of a page's shell blocks that call curl, in their order. */
async function curlLines(page: URL): Promise<string[]> {
  const blocks = (await readFile(page, 'utf8')).matchAll(SHELL_BLOCK);
  return [...blocks].flatMap(([, block = '']) => block.split('\n')).filter(isCurl);
}

function isCurl(line: string): boolean {
  return line.startsWith('curl ');
}

/** The lines for curl that the OpenAPI document and the server's page have; what ends something comes last. */
function sampleLines(): string[] {
  const operations = Object.values(buildOpenApi().paths).flatMap(({ delete: end, ...rest }) => ({
    begin: Object.values(rest),
    end: end === undefined ? [] : [end],
  }));
  const ordered = [
    ...operations.flatMap(({ begin }) => begin),
    ...operations.flatMap(({ end }) => end),
  ];
  return ordered.flatMap(({ 'x-codeSamples': samples = [] }) =>
    samples.map(({ source }) => source),
  );
}

/** Runs lines one after another, as they are printed but for the port. */
async function runAll(lines: readonly string[]): Promise<void> {
  for (const line of lines) {
    const here = line.replaceAll('http://localhost:8080', service.address);
    expect(here, line).not.toBe(line);
    expect(line, 'a refusal must not pass for an answer').toContain('--fail-with-body');
    const { stdout } = await promisify(execFile)('sh', ['-c', here], { cwd: folder });
    const file = / -o (\S+)/.exec(line)?.[1];
    const bytes = file === undefined ? stdout.length : (await stat(join(folder, file))).size;
    expect(bytes, line).toBeGreaterThan(0);
  }
}

describe.skipIf(!hasCurl)('lines for curl (skipped without curl)', () => {
  it('of the README work as they are printed, one after another', async () => {
    const lines = await curlLines(README);
    expect(lines.length).toBeGreaterThan(5);
    await runAll(lines);
  });

  it('of the OpenAPI document and of /docs work as they are printed', async () => {
    const lines = sampleLines();
    expect(lines.length).toBeGreaterThan(15);
    await runAll(lines);
  });
});
