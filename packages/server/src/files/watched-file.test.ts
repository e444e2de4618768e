import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { readFileNow, watchFile } from './watched-file.ts';

let folder: string;
let file: string;
let watch: { close(): void } | undefined;
let lines: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'diorama-watched-'));
  file = join(folder, 'keys.json');
  writeFileSync(file, 'first');
  lines = '';
});
afterEach(() => {
  watch?.close();
  rmSync(folder, { recursive: true });
});

function watchWith(take: (text: string) => number): void {
  const write = (text: string) => {
    lines += text;
  };
  const { mark } = readFileNow(file, 'DIORAMA_KEYS');
  const log = createLog('info', { write });
  watch = watchFile({ file, contents: 'keys', mark, take, log, lookMs: 10 });
}

describe('watchFile', () => {
  it('says nothing of a file that was looked at while it was being written', async () => {
    const taken: string[] = [];
    watchWith((text) => {
      taken.push(text);
      if (text === 'whole') return 1;
      writeFileSync(file, 'whole');
      throw new Error('half of it');
    });
    writeFileSync(file, 'half');
    await expect.poll(() => lines).toContain('read again');
    expect(taken.at(-1)).toBe('whole');
    expect(lines).not.toContain('"ERROR"');
  });

  it('says once of a file that stays unreadable that it is', async () => {
    let looks = 0;
    watchWith(() => {
      looks++;
      throw new Error('no keys');
    });
    writeFileSync(file, 'broken');
    await expect.poll(() => lines).toContain('"ERROR"');
    const looksBefore = looks;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(lines.match(/"ERROR"/g)).toHaveLength(1);
    expect(looks).toBe(looksBefore);
  });
});
