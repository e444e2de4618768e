import { describe, expect, it } from 'vitest';
import type { FinishedRequest } from '../finished-request.ts';
import { createLog } from '../log.ts';
import { logRequest, type RequestLogOptions } from './request-log.ts';

const TRACE = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), isSampled: true };

const request: FinishedRequest = {
  id: '0190c4e2-7f3b-7c1d-9a55-2f3f0c9b1a7e',
  method: 'POST',
  route: '/v1/matte',
  status: 200,
  startedAtMs: 0,
  durationMs: 12.34,
  callerId: 'open',
  notes: { route: '/v1/matte', madeAtMs: 5 },
};

function lineOf(
  changes: Partial<FinishedRequest>,
  options: RequestLogOptions = { trace: undefined, googleCloudProject: undefined },
): Record<string, unknown> {
  const texts: string[] = [];
  const log = createLog('debug', { write: (text) => texts.push(text) });
  logRequest(log, { ...request, ...changes }, options);
  return JSON.parse(texts.join('')) as Record<string, unknown>;
}

describe('logRequest', () => {
  it('names the trace as Google Cloud does where its project is known, else plainly, else not', () => {
    expect(lineOf({}, { trace: TRACE, googleCloudProject: 'p' })).toMatchObject({
      'logging.googleapis.com/trace': `projects/p/traces/${TRACE.traceId}`,
      'logging.googleapis.com/spanId': TRACE.spanId,
      'logging.googleapis.com/trace_sampled': true,
    });
    const { traceId, spanId } = TRACE;
    const plain = lineOf({}, { trace: TRACE, googleCloudProject: undefined });
    expect(plain).toMatchObject({ traceId, spanId });
    expect(JSON.stringify(plain)).not.toContain('googleapis');
    expect(JSON.stringify(lineOf({}))).not.toMatch(/trace|span/i);
  });

  it('names the key of a caller, and nobody on an open server', () => {
    expect(lineOf({ callerId: 'shop' })).toMatchObject({ caller: 'shop' });
    expect(lineOf({})).not.toHaveProperty('caller');
  });

  it.each([
    [200, 'INFO'],
    [404, 'INFO'],
    [429, 'WARNING'],
    [500, 'ERROR'],
    [503, 'WARNING'],
  ])('is for %i of severity %s', (status, severity) => {
    expect(lineOf({ status })).toMatchObject({ severity, httpRequest: { status } });
  });

  it.each(['/healthz', '/readyz', '/metrics'])('hardly mentions %s', (route) => {
    expect(lineOf({ route })).toMatchObject({ severity: 'DEBUG' });
  });

  it('has no more of a request than its figures', () => {
    expect(Object.keys(lineOf({ bytesOut: 7 })).sort()).toEqual([
      'bytesOut',
      'durationMs',
      'httpRequest',
      'message',
      'method',
      'requestId',
      'route',
      'severity',
      'status',
      'time',
    ]);
  });
});
