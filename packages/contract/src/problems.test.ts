import { readFileSync } from 'node:fs';
import { DioramaError } from '@diorama/core';
import { describe, expect, it } from 'vitest';
import { exitCodeOf, problemDocumentSchema, problemOf } from './problem-document.ts';
import { PROBLEMS } from './problems.ts';

const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');

describe('docs/errors.md', () => {
  const described = new Map(
    [
      ...page.matchAll(/^## ([A-Z_]+)\n\nHTTP (\d+), exit code (\d+), retryable: (yes|no)\.$/gm),
    ].map(([, code, status, exitCode, retryable]) => [
      code,
      { status: Number(status), exitCode: Number(exitCode), retryable: retryable === 'yes' },
    ]),
  );

  it('describes every code of the table, and no other', () => {
    expect([...described.keys()].sort()).toEqual(Object.keys(PROBLEMS).sort());
    expect(page.match(/^## /gm)).toHaveLength(described.size);
  });

  it.each(Object.entries(PROBLEMS))('says of %s what the table says', (code, row) => {
    const { status, exitCode, retryable } = row;
    expect(described.get(code)).toEqual({ status, exitCode, retryable });
  });
});

describe('problemOf', () => {
  it('carries the code, the line and the figures of an error thrown on purpose', () => {
    const problem = problemOf(
      new DioramaError('PHOTO_TOO_MANY_PIXELS', 'Too large.', { detail: { limit: 64 } }),
    );
    expect(problem).toEqual({
      type: '/docs/errors#photo_too_many_pixels',
      title: 'Photo has too many pixels',
      status: 413,
      detail: 'Too large.',
      code: 'PHOTO_TOO_MANY_PIXELS',
      retryable: false,
      limits: { limit: 64 },
    });
    expect(problemDocumentSchema.parse(problem)).toEqual(problem);
  });

  it.each([new Error('a path, a secret'), 'text', undefined, { code: 'QUEUE_FULL' }])(
    'hides the text of %o, which nobody threw on purpose',
    (thrown) => {
      const problem = problemOf(thrown);
      expect(problem.code).toBe('INTERNAL');
      expect(JSON.stringify(problem)).not.toContain('secret');
      expect(exitCodeOf(thrown)).toBe(70);
    },
  );
});
