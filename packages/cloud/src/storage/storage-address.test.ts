import { describe, expect, it } from 'vitest';
import { isStorageAddress, readStorageAddress, writeStorageAddress } from './storage-address.ts';

describe('an address in Cloud Storage', () => {
  it.each(['gs://photos/a/b c.jpg', 'gs://my.bucket-1/', 'gs://photos/ü/#1?.jpg'])(
    'comes back as it was read: %s',
    (text) => {
      expect(isStorageAddress(text)).toBe(true);
      expect(writeStorageAddress(readStorageAddress(text))).toBe(text);
    },
  );

  it('may be a bucket alone', () => {
    expect(readStorageAddress('gs://photos')).toEqual({ bucket: 'photos', path: '' });
  });

  it.each(['gs://', 'gs:///a', 'gs://Photos/a', 'gs://a/b', 'gs://user:pass@photos/a', 'photos/a'])(
    'refuses %s',
    (text) => {
      expect(() => readStorageAddress(text)).toThrow(
        expect.objectContaining({ code: 'REQUEST_INVALID' }),
      );
    },
  );
});
