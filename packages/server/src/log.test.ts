import { describe, expect, it } from 'vitest';
import { createLog, describeFault } from './log.ts';

describe('createLog', () => {
  it('names levels as Google Cloud does', () => {
    const texts: string[] = [];
    const log = createLog('debug', { write: (text) => texts.push(text) });
    log.debug('a');
    log.info('a');
    log.warn('a');
    log.error('a');
    log.fatal('a');
    const severities = texts.map((text) => (JSON.parse(text) as { severity: string }).severity);
    expect(severities).toEqual(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']);
  });
});

describe('describeFault', () => {
  it('says what kind and where, and nothing of the text, however it looks', () => {
    const text = 'SECRET\n    at SECRET (/home/SECRET.jpg:1:2)\nSECRET';
    const fault = describeFault(new TypeError(text, { cause: new RangeError(text) }));
    expect(fault).toMatchObject({ name: 'TypeError', cause: { name: 'RangeError' } });
    expect(JSON.stringify(fault)).toContain('log.test.ts');
    expect(JSON.stringify(fault)).not.toContain('SECRET');
  });

  it('tells the type alone of what is no error', () => {
    expect(describeFault('SECRET')).toEqual({ name: 'string' });
  });
});
