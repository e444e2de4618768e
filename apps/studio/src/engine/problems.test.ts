import { DioramaError } from '@diorama/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { problemOf } from './problems.ts';

const error = (code: ConstructorParameters<typeof DioramaError>[0], detail = {}) =>
  new DioramaError(code, 'A line.', { detail });

describe('problemOf', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('offers another photo for what lies in the file, in either mode', () => {
    for (const mode of ['device', 'server'] as const) {
      expect(problemOf(error('PHOTO_TRUNCATED'), mode)).toMatchObject({
        title: 'Photo is cut short',
        message: 'A line.',
        remedies: ['pick'],
      });
    }
  });

  it('says that a file would leave the device before the server is asked', () => {
    const heic = error('PHOTO_TYPE_UNSUPPORTED', { isForServer: true, found: 'HEIC' });
    const problem = problemOf(heic, 'device');
    expect(problem.remedies).toEqual(['use-server', 'pick']);
    expect(problem.message).toContain('the whole file would go there');
    expect(problemOf(heic, 'server').remedies).toEqual(['pick']);
  });

  it('offers the device where the server is away, and a key where one is asked for', () => {
    expect(problemOf(error('SOURCE_UNAVAILABLE'), 'server').remedies).toEqual([
      'retry',
      'use-device',
    ]);
    expect(problemOf(error('KEY_REQUIRED'), 'server').remedies).toContain('key');
    expect(problemOf(error('KEY_REQUIRED'), 'device').remedies).toEqual(['key']);
  });

  it('tells nobody but the console what a fault of the page was', () => {
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const fault = new TypeError('secret');
    expect(problemOf(fault, 'device')).toMatchObject({ code: 'INTERNAL', remedies: ['retry'] });
    expect(problemOf(fault, 'device').message).not.toContain('secret');
    expect(report).toHaveBeenCalledWith(fault);
  });
});
