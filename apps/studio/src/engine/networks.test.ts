import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { Networks, type OpenOptions } from './networks.ts';
import type { PageNetwork } from './predicting/network.ts';

/** Opens networks that do nothing, and remembers with what. */
function scripted(outcomes: readonly (Error | undefined)[] = []) {
  const asked: OpenOptions[] = [];
  const disposed: number[] = [];
  const open = async (options: OpenOptions): Promise<PageNetwork> => {
    const at = asked.push(options) - 1;
    const failure = outcomes[at];
    if (failure) throw failure;
    return { at, dispose: async () => disposed.push(at) } as unknown as PageNetwork; // the rest is not asked for
  };
  return { asked, disposed, openers: { device: open, server: open } };
}

describe('Networks', () => {
  it('opens each once, whoever asks', async () => {
    const { asked, openers } = scripted();
    const networks = new Networks(() => undefined, openers);
    const [one, two] = await Promise.all([networks.get('device'), networks.get('device')]);
    expect(one).toBe(two);
    expect(await networks.get('server')).not.toBe(one);
    expect(asked).toHaveLength(2);
  });

  it('tries again what did not open', async () => {
    const failure = new DioramaError('SOURCE_UNAVAILABLE', 'gone');
    const { asked, openers } = scripted([failure]);
    const networks = new Networks(() => undefined, openers);
    await expect(networks.get('device')).rejects.toBe(failure);
    await networks.get('device');
    expect(asked).toHaveLength(2);
  });

  it('opens the server anew with a key, and leaves the device alone', async () => {
    const { asked, openers } = scripted();
    const networks = new Networks(() => undefined, openers);
    await networks.get('server');
    const device = await networks.get('device');
    networks.takeKey('dio_k');
    await networks.get('server');
    expect(await networks.get('device')).toBe(device);
    expect(asked.map(({ apiKey }) => apiKey)).toEqual([undefined, undefined, 'dio_k']);
  });

  it('ends all of them', async () => {
    const { asked, disposed, openers } = scripted();
    const networks = new Networks(() => undefined, openers);
    await networks.get('device');
    networks.dispose();
    await Promise.resolve();
    expect(asked[0]?.signal.aborted).toBe(true);
    await expect.poll(() => disposed).toEqual([0]);
  });
});
