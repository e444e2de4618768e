import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { timeoutSignal } from './timeout-signal.ts';

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  collect();
}

describe('timeoutSignal', () => {
  it('ends a wait for several signals, whatever is collected meanwhile', async () => {
    const never = new AbortController();
    const ended = new Promise((resolve) => {
      const either = AbortSignal.any([never.signal, timeoutSignal(200)]);
      either.addEventListener('abort', () => resolve(either.reason));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    collectGarbage();
    expect(await ended).toMatchObject({ name: 'TimeoutError' });
  }, 5000);
});
