import { describe, expect, it } from 'vitest';
import { residentBytesOf } from './resident-bytes.ts';

describe.runIf(process.platform === 'linux')('residentBytesOf', () => {
  it('is what Node says of its own process', async () => {
    const ratio = ((await residentBytesOf(process.pid)) ?? 0) / process.memoryUsage.rss();
    expect(ratio).toBeGreaterThan(0.5);
    expect(ratio).toBeLessThan(2);
  });

  it('is nothing for a process that is gone', async () => {
    // Beyond what Linux gives to a process.
    expect(await residentBytesOf(2 ** 22 + 1)).toBeUndefined();
  });
});
