import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../log.ts';
import { UsageLedger } from './usage-ledger.ts';

let folder: string;
let file: string;
let lines: string;
let today: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'diorama-usage-'));
  file = join(folder, 'usage.json');
  lines = '';
  today = '2026-01-31T23:59:59Z';
});
afterEach(() => rm(folder, { recursive: true }));

function openLedger(path = file): UsageLedger {
  const write = (text: string) => {
    lines += text;
  };
  return new UsageLedger({
    file: path,
    log: createLog('info', { write }),
    now: () => new Date(today),
  });
}

const spent = expect.objectContaining({ code: 'BUDGET_SPENT', detail: { photosPerMonth: 2 } });

describe('a budget', () => {
  it('is of answered photos, and holds against photos side by side', () => {
    const ledger = openLedger();
    const first = ledger.reserve('app', 2);
    const second = ledger.reserve('app', 2);
    expect(() => ledger.reserve('app', 2)).toThrow(spent);
    expect(ledger.usageOf('app')).toEqual({ month: '2026-01', photos: 0, inWork: 2 });
    second.giveBack();
    second.giveBack();
    second.count();
    first.count();
    first.count();
    first.giveBack();
    expect(ledger.usageOf('app')).toEqual({ month: '2026-01', photos: 1, inWork: 0 });
    ledger.reserve('app', 2).count();
    expect(() => ledger.reserve('app', 2)).toThrow(spent);
    expect(ledger.usageOf('other')).toEqual({ month: '2026-01', photos: 0, inWork: 0 });
  });

  it('is new with the month, whose count a photo goes to when it is answered', () => {
    const ledger = openLedger();
    ledger.reserve('app', 2).count();
    const late = ledger.reserve('app', 2);
    today = '2026-02-01T00:00:00Z';
    expect(ledger.usageOf('app')).toEqual({ month: '2026-02', photos: 0, inWork: 1 });
    late.count();
    expect(ledger.usageOf('app')).toEqual({ month: '2026-02', photos: 1, inWork: 0 });
  });

  it('can be nothing, or without end', () => {
    const ledger = openLedger();
    expect(() => ledger.reserve('none', 0)).toThrow('0 photos a month');
    for (let photo = 0; photo < 1000; photo += 1) ledger.reserve('all').count();
    expect(ledger.usageOf('all').photos).toBe(1000);
  });
});

describe('the file of counts', () => {
  it('brings them over a restart within the month', async () => {
    const first = openLedger();
    first.reserve('app').count();
    first.reserve('app').count();
    first.reserve('app');
    await first.close();
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      month: '2026-01',
      photos: { app: 2 },
    });
    expect(openLedger().usageOf('app')).toEqual({ month: '2026-01', photos: 2, inWork: 0 });
    today = '2026-02-01T00:00:00Z';
    expect(openLedger().usageOf('app').photos).toBe(0);
  });

  it('is written within seconds, without anybody closing', async () => {
    openLedger().reserve('app').count();
    let text = '';
    while (text === '') {
      await new Promise((resolve) => setTimeout(resolve, 50));
      text = await readFile(file, 'utf8').catch(() => '');
    }
    expect(JSON.parse(text)).toEqual({ month: '2026-01', photos: { app: 1 } });
  });

  it('is not needed: counts stay in memory where it cannot be written, with one warning', async () => {
    const ledger = openLedger(join(folder, 'no', 'such', 'usage.json'));
    ledger.reserve('app').count();
    await ledger.close();
    ledger.reserve('app').count();
    await ledger.close();
    expect(ledger.usageOf('app').photos).toBe(2);
    const [line, ...more] = lines.trim().split('\n');
    expect(JSON.parse(line ?? '')).toMatchObject({ severity: 'WARNING', systemCode: 'ENOENT' });
    expect(more).toEqual([]);
  });

  it.each(['[{"id":"app"}]', '{"month":"2026-01","photos":{"app":-1}}', 'half of'])(
    'is not taken, nor written over, when it holds %s',
    async (text) => {
      await writeFile(file, text);
      expect(() => openLedger()).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringMatching(/move it away/),
        }),
      );
      expect(await readFile(file, 'utf8')).toBe(text);
    },
  );

  it('stops the start when it is there and cannot be read', async () => {
    await mkdir(file);
    expect(() => openLedger()).toThrow(/cannot be read \(EISDIR\)/);
  });
});
