import { describe, expect, it } from 'vitest';
import { chooseEngineSize } from './engine-size.ts';

const SMALL = { bytes: 5_000_000 };
const LARGE = { bytes: 170_000_000 };

describe('chooseEngineSize', () => {
  it('gives each core a photo worker and a small model of its own', () => {
    expect(chooseEngineSize({}, [SMALL], 8)).toEqual({ photoWorkers: 8, sessions: 8, threads: 1 });
  });

  it('gives all threads to one session where a model is large', () => {
    const size = { photoWorkers: 8, sessions: 1, threads: 8 };
    expect(chooseEngineSize({}, [SMALL, LARGE], 8)).toEqual(size);
  });

  it.each([
    [{ sessions: 2 }, { sessions: 2, threads: 4 }],
    [{ threads: 2 }, { sessions: 4, threads: 2 }],
    [{ threads: 16 }, { sessions: 1, threads: 16 }],
    [{ sessions: 16 }, { sessions: 16, threads: 1 }],
    [
      { sessions: 3, threads: 5, photoWorkers: 1 },
      { sessions: 3, threads: 5, photoWorkers: 1 },
    ],
  ])('keeps what is set: %o', (settings, expected) => {
    expect(chooseEngineSize(settings, [SMALL], 8)).toEqual({ photoWorkers: 8, ...expected });
  });

  it('leaves a GPU to the engine', () => {
    const photoWorkers = { photoWorkers: 8 };
    expect(chooseEngineSize({ provider: 'cuda' }, [SMALL], 8)).toEqual(photoWorkers);
    expect(chooseEngineSize({ require: 'gpu' }, [SMALL], 8)).toEqual(photoWorkers);
    const set = { require: 'gpu', sessions: 2 } as const;
    expect(chooseEngineSize(set, [SMALL], 8)).toEqual({ photoWorkers: 8, sessions: 2 });
  });
});
