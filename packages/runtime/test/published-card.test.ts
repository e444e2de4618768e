import { findPublishedCard } from '@diorama/runtime';
import { describe, expect, it } from 'vitest';

describe('the card of a published model', () => {
  it('names its file by its hash, as a pulled one does', async () => {
    const card = await findPublishedCard('birefnet-lite');
    expect(card).toMatchObject({ id: 'birefnet-lite', tasks: ['matte'] });
    expect(card?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(card?.version).toContain(`+${card?.sha256.slice(0, 8)}`);
  });

  it('is nobody’s to tell where no hash is published', async () => {
    expect(await findPublishedCard('dpt-large')).toBeUndefined();
  });

  it('is refused for a model that nobody knows', async () => {
    await expect(findPublishedCard('no-such-model')).rejects.toMatchObject({
      code: 'MODEL_UNKNOWN',
    });
  });
});
