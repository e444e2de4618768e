import { DioramaError } from '@diorama/core';
import { PHOTO_FILE_MAKERS } from '@diorama/fixtures';
import { openPhoto } from '@diorama/photo-io';
import { describe, expect, it } from 'vitest';

describe('cancelling', () => {
  it('opens nothing for a signal that has fired', async () => {
    const bytes = await PHOTO_FILE_MAKERS.jpeg();
    await expect(openPhoto(bytes, {}, AbortSignal.abort())).rejects.toMatchObject({
      code: 'CANCELLED',
    });
  });

  it('ends a decode whose signal fires meanwhile', async () => {
    const opened = await openPhoto(await PHOTO_FILE_MAKERS.jpeg());
    const cancelling = new AbortController();
    const decoding = opened.decode({ signal: cancelling.signal });
    cancelling.abort();
    await expect(decoding).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('tells a deadline from a cancellation, and hands on a reason that has a code', async () => {
    const opened = await openPhoto(await PHOTO_FILE_MAKERS.jpeg());
    const late = AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    await expect(opened.decode({ signal: late })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    const full = AbortSignal.abort(new DioramaError('QUEUE_FULL', 'Too much is waiting.'));
    await expect(opened.decode({ signal: full })).rejects.toMatchObject({ code: 'QUEUE_FULL' });
  });
});
