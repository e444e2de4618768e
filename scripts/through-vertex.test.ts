import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error it is plain JavaScript, without types
import { faultsOf } from './through-vertex/judge.mjs';

const SCRIPT = fileURLToPath(new URL('./through-vertex.mjs', import.meta.url));
const KINDS = ['alone', 'dedicated', 'shared'];
const FILES = ['depth.png', 'layers.json', 'matte.png', 'plate.jpg', 'subject.png'];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-vertex-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Fails with what the demonstration printed, unless it found everything as it should be. */
async function demonstrate(args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [SCRIPT, ...args]);
  return stdout;
}

describe('a photo through Vertex AI endpoints', { timeout: 300_000 }, () => {
  it('of both kinds comes back as from a server alone, within the caps', async () => {
    const said = await demonstrate(['--size', '640x480', '-o', folder]);
    expect(said).toContain('All is as it should be.');
    expect(said).toMatch(/^cap, bytes +1,500,000 +10,000,000$/m);
    expect((await readdir(folder)).sort()).toEqual(KINDS);
    for (const kind of KINDS) {
      expect((await readdir(join(folder, kind))).sort()).toEqual(FILES);
    }
  });
});

describe('what is off with a photo that went through an endpoint', () => {
  const info = { width: 4, height: 3 };
  const caps = { shared: 1000 };
  const difference = { iou: 0.999, depth: 0.001 };
  const way = {
    kind: 'shared',
    document: { size: info, files: { matte: {}, depth: {}, subject: {}, plate: {} } },
    traffic: { requests: 2, largestRequestBytes: 1000, largestAnswerBytes: 900, refused: {} },
    refusedHosts: [],
  };

  it.each([
    ['nothing', {}, {}, 0],
    ['a request over the cap', { traffic: { ...way.traffic, largestRequestBytes: 1001 } }, {}, 1],
    ['an answer over the cap', { traffic: { ...way.traffic, largestAnswerBytes: 1001 } }, {}, 1],
    ['a refusal', { traffic: { ...way.traffic, refused: { 400: 1 } } }, {}, 1],
    ['a request too many', { traffic: { ...way.traffic, requests: 3 } }, {}, 1],
    ['another size', { document: { ...way.document, size: { width: 4, height: 2 } } }, {}, 1],
    ['a missing layer', { document: { size: info, files: { matte: {}, depth: {} } } }, {}, 2],
    ['another subject', {}, { iou: 0.99 }, 1],
    ['another depth', {}, { depth: 0.02 }, 1],
    ['a stranger on the network', { refusedHosts: ['example.com:443'] }, {}, 1],
  ])('is said: %s', (_name, change, other, count) => {
    const judgement = { caps, info, difference: { ...difference, ...other } };
    expect(faultsOf({ ...way, ...change }, judgement)).toHaveLength(count);
  });
});
