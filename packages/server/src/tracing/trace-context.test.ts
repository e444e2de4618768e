import { describe, expect, it } from 'vitest';
import { traceContextOf } from './trace-context.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';

describe('traceContextOf', () => {
  it('reads the example of W3C Trace Context', () => {
    const context = { traceId: TRACE, spanId: SPAN, isSampled: true };
    expect(traceContextOf({ traceparent: `00-${TRACE}-${SPAN}-01` })).toEqual(context);
    expect(traceContextOf({ traceparent: `00-${TRACE}-${SPAN}-00` })?.isSampled).toBe(false);
  });

  it('reads a later version by what it knows of it', () => {
    expect(traceContextOf({ traceparent: `cc-${TRACE}-${SPAN}-01-what-ever` })).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      isSampled: true,
    });
  });

  it('reads the header of Google Cloud, whose span is a decimal number', () => {
    const header = `${TRACE}/67667974448284343;o=1`;
    expect(traceContextOf({ 'x-cloud-trace-context': header })).toEqual({
      traceId: TRACE,
      spanId: SPAN,
      isSampled: true,
    });
    expect(traceContextOf({ 'x-cloud-trace-context': `${TRACE}/1` })?.isSampled).toBe(false);
  });

  it('prefers the standard header', () => {
    const traceparent = `00-${TRACE}-${SPAN}-01`;
    const other = `${'a'.repeat(32)}/1`;
    const found = traceContextOf({ traceparent, 'x-cloud-trace-context': other });
    expect(found?.traceId).toBe(TRACE);
  });

  it.each([
    '',
    'anna@example.com',
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-more`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${'0'.repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${'0'.repeat(16)}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
  ])('takes no %j', (traceparent) => {
    expect(traceContextOf({ traceparent })).toBeUndefined();
  });

  it.each([
    '',
    TRACE,
    `${TRACE}/`,
    `${TRACE}/0`,
    `${TRACE}/99999999999999999999`,
    `${TRACE}/1;o=x`,
  ])('takes no %j of Google Cloud', (header) => {
    expect(traceContextOf({ 'x-cloud-trace-context': header })).toBeUndefined();
  });
});
