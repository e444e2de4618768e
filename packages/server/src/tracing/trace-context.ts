import type { IncomingHttpHeaders } from 'node:http';

/** A place in a trace: of the caller's span that a request came from, or of the server's own. */
export interface TraceContext {
  /** 32 hex digits, not all zero. */
  readonly traceId: string;
  /** 16 hex digits, not all zero. */
  readonly spanId: string;
  readonly isSampled: boolean;
}

const HEX_TRACE = '(?!0{32})([0-9a-f]{32})';
/** W3C Trace Context, section 3.2.2: later versions may have more parts. */
const TRACEPARENT = new RegExp(
  `^(?!ff)([0-9a-f]{2})-${HEX_TRACE}-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$`,
);
/** As Google's load balancers write it: the span is a decimal number. */
const CLOUD_TRACE = new RegExp(`^${HEX_TRACE}/([0-9]{1,20})(;o=([01]))?$`, 'i');

const LARGEST_SPAN = 0xffff_ffff_ffff_ffffn;

/**
 * The span that a request came from, by its `traceparent`, else by its `X-Cloud-Trace-Context`; none where they are
 * malformed. Nothing else of the caller's context is read: `tracestate` and `baggage` hold whatever the caller likes.
 */
export function traceContextOf(headers: IncomingHttpHeaders): TraceContext | undefined {
  return (
    readTraceparent(headers['traceparent']) ?? readCloudTrace(headers['x-cloud-trace-context'])
  );
}

type Header = string | readonly string[] | undefined;

function readTraceparent(header: Header): TraceContext | undefined {
  const match = typeof header === 'string' ? TRACEPARENT.exec(header.trim()) : null;
  const [, version, traceId = '', spanId = '', flags = '', more] = match ?? [];
  if (version === undefined || (version === '00' && more !== undefined)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

function readCloudTrace(header: Header): TraceContext | undefined {
  const match = typeof header === 'string' ? CLOUD_TRACE.exec(header.trim()) : null;
  const [, traceId, span = '0', , option] = match ?? [];
  const number = BigInt(span);
  if (traceId === undefined || number === 0n || number > LARGEST_SPAN) return undefined;
  const spanId = number.toString(16).padStart(16, '0');
  return { traceId: traceId.toLowerCase(), spanId, isSampled: option === '1' };
}
