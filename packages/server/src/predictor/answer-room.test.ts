import { describe, expect, it } from 'vitest';
import { assertRoom, filesInArchive, filesInJson, sharePerPicture } from './answer-room.ts';

describe('the room in an answer', () => {
  it('is shared by its pictures, whatever else is in it', () => {
    const alone = { pictures: 4, descriptions: 0, errors: 0 };
    const share = sharePerPicture(1_500_000, alone);
    expect(4 * share).toBeLessThanOrEqual(1_500_000);
    expect(4 * share).toBeGreaterThan(1_499_900);
    const beside = sharePerPicture(1_500_000, { ...alone, descriptions: 1, errors: 10 });
    expect(beside).toBeLessThan(share);
    expect(beside).toBeGreaterThan(0.98 * share);
    expect(sharePerPicture(10_000, { ...alone, errors: 64 })).toBe(0);
  });

  it('holds files and their document, and never less than none', () => {
    const files = filesInJson(100_000);
    expect(Math.ceil(files / 3) * 4).toBeLessThan(100_000);
    expect(filesInJson(10)).toBe(0);
    expect(filesInArchive(10)).toBe(0);
  });

  it('is not exceeded', () => {
    expect(() => assertRoom(10, 10)).not.toThrow();
    expect(() => assertRoom(11, 10)).toThrow(expect.objectContaining({ code: 'ANSWER_TOO_LARGE' }));
  });
});
