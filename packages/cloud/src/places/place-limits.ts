import { DEDICATED_ENDPOINT_BYTES, SHARED_ENDPOINT_BYTES } from '@diorama/contract';
import type { VertexAddress, WebAddress } from './place-address.ts';
import type { Verb } from './remote-endpoint.ts';

/** What a place takes, and how. */
export interface PlaceLimits {
  readonly verb: Verb;
  readonly maxRequestBytes: number;
  readonly maxAnswerBytes: number;
  /** How long one call may take at most. */
  readonly capMs: number;
  /** Pictures that it may have at once. */
  readonly maxInFlight: number;
}

/** Cloud Run takes 32 MiB over HTTP/1, and a predictor as much unless it is told otherwise. */
const WEB_BYTES = 32_000_000;
const MAX_IN_FLIGHT = 32;
/** The platform adds names of its own to an answer, which count too. */
export const PLATFORM_BYTES = 2000;

/** The platform's own limits: docs/predictors.md says where they stand. */
export function limitsOf(address: VertexAddress | WebAddress): PlaceLimits {
  const common = { maxInFlight: MAX_IN_FLIGHT };
  if (address.kind !== 'vertex')
    return { ...common, ...bothWays(WEB_BYTES), verb: 'raw', capMs: 300_000 };
  return address.isDedicated
    ? { ...common, ...bothWays(DEDICATED_ENDPOINT_BYTES), verb: 'raw', capMs: 600_000 }
    : { ...common, ...bothWays(SHARED_ENDPOINT_BYTES), verb: 'json', capMs: 60_000 };
}

function bothWays(bytes: number) {
  return { maxRequestBytes: bytes, maxAnswerBytes: bytes };
}
