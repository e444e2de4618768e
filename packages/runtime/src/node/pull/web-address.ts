import { DioramaError } from '@diorama/core';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * An address that may be fetched: https, or http on this very machine.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function fetchableAddress(text: string, what: string): URL {
  if (!URL.canParse(text)) {
    throw new DioramaError('REQUEST_INVALID', `The ${what} is not an address that can be read`);
  }
  const url = new URL(text);
  if (isFetchable(url)) return url;
  throw new DioramaError(
    'REQUEST_INVALID',
    `The ${what} must be an https address; http is for this machine alone`,
  );
}

/** Plain http is only as private and unchanged as the machine's own loopback. */
export function isFetchable(url: URL): boolean {
  return url.protocol === 'https:' || isLoopbackHttp(url);
}

export function isLoopbackHttp(url: URL): boolean {
  return url.protocol === 'http:' && LOOPBACK.test(url.hostname);
}

/** Host and path of an address, without what may be secret in it. */
export function shownAddress(url: URL): string {
  const path = url.pathname.length > 120 ? `${url.pathname.slice(0, 120)}...` : url.pathname;
  return `${url.host}${path}`;
}

/**
 * Where a mirror has a model's file. What stands behind the path, such as a token, stays behind it.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function mirrorAddress(prefix: string, id: string): URL {
  const url = fetchableAddress(prefix, 'mirror');
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${id}.onnx`;
  return url;
}
