import { PROBLEMS } from '@diorama/contract';
import { DioramaError, type ErrorCode } from '@diorama/core';
import { expect, test } from 'vitest';
import { exitCodeOfAll, type PhotoEnd, type RunSummary, runPhotos } from './photo-run.ts';

const failure = (code: ErrorCode) => new DioramaError(code, code);
const photo = (name: number) => ({ path: `/${name}`, shown: `${name}` });
const found = (count: number) => ({
  photos: Array.from({ length: count }, (_, name) => photo(name)),
  notPhotos: 0,
  failures: [],
});

/** Keeps what it is told. */
class Ledger {
  readonly ends: PhotoEnd[] = [];
  readonly refusals: (string | undefined)[] = [];
  summary: RunSummary | undefined;
  begin(): void {}
  async refused(input: string | undefined): Promise<void> {
    this.refusals.push(input);
  }
  async ended(_: unknown, end: PhotoEnd): Promise<void> {
    this.ends.push(end);
  }
  async finish(summary: RunSummary): Promise<void> {
    this.summary = summary;
  }
}

test('the exit code of many failures is that of the one that matters most', () => {
  const exitCode = (...codes: number[]) => exitCodeOfAll(new Set(codes));
  expect([exitCode(), exitCode(65), exitCode(65, 66), exitCode(75, 73)]).toEqual([0, 65, 66, 73]);
  expect([exitCode(73, 70), exitCode(64, 69), exitCode(66, 64)]).toEqual([70, 69, 64]);
  for (const { exitCode: code } of Object.values(PROBLEMS)) expect(exitCode(code)).toBe(code);
});

test('no more photos are worked on at once than there are jobs', async () => {
  let running = 0;
  let most = 0;
  const ledger = new Ledger();
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return { output: '', document: {} as never }; // nobody reads it here
  };
  const signal = new AbortController().signal;

  await runPhotos(found(1000), { jobs: 3, timeoutMs: 60_000, signal, work }, ledger);

  expect(most).toBe(3);
  expect(ledger.summary).toMatchObject({ photos: 1000, done: 1000, failed: 0, exitCode: 0 });
});

test('what every photo would meet is told once and ends the run', async () => {
  const full = new DioramaError('OUTPUT_UNWRITABLE', 'full', {
    cause: Object.assign(new Error('full'), { code: 'ENOSPC' }),
  });
  for (const [error, exitCode] of [
    [failure('PROVIDER_UNAVAILABLE'), 69],
    [full, 73],
  ] as const) {
    const ledger = new Ledger();
    const work = () => Promise.reject(error);
    const signal = new AbortController().signal;

    await runPhotos(found(5), { jobs: 2, timeoutMs: 60_000, signal, work }, ledger);

    expect([ledger.refusals, ledger.ends]).toEqual([[undefined], []]);
    expect(ledger.summary).toMatchObject({ done: 0, untried: 5, exitCode });
  }
});

test('work that does not heed its deadline is left behind', async () => {
  const ledger = new Ledger();
  const signal = new AbortController().signal;

  await runPhotos(
    found(1),
    {
      jobs: 1,
      timeoutMs: 5,
      signal,
      work: (_, deadline) => deadline.race(new Promise(() => undefined)),
    },
    ledger,
  );

  expect(ledger.ends[0]?.error?.code).toBe('DEADLINE_EXCEEDED');
  expect(ledger.summary).toMatchObject({ failed: 1, exitCode: 75 });
});

test('a stopped run tells of no photo that it gave up', async () => {
  const stop = new AbortController();
  const ledger = new Ledger();
  const work = (_: unknown, deadline: { race<T>(work: Promise<T>): Promise<T> }) => {
    stop.abort(failure('CANCELLED'));
    return deadline.race(new Promise<never>(() => undefined));
  };

  await runPhotos(found(9), { jobs: 2, timeoutMs: 60_000, signal: stop.signal, work }, ledger);

  expect([ledger.ends, ledger.refusals]).toEqual([[], []]);
  expect(ledger.summary).toMatchObject({ done: 0, failed: 0, untried: 9, exitCode: 130 });
});
