import type { CatalogueSource } from '@diorama/contract';
import { z } from 'zod';
import { readBody } from './body-reader.ts';
import { requestFile } from './http-request.ts';
import type { PullTimes } from './pull-options.ts';
import { corrupt, unavailable } from './pull-trouble.ts';
import { patiently } from './retry.ts';
import { fetchableAddress, isLoopbackHttp, shownAddress } from './web-address.ts';

export type PackageSource = Extract<CatalogueSource, { kind: 'package' }>;

/** Where the archive of a package is, and its SHA-512 in base64. */
export interface PackageArchive {
  readonly url: URL;
  readonly sha512: string;
}

const MOST_BYTES = 8 << 20;

const metadataSchema = z.object({
  dist: z.object({ tarball: z.url(), integrity: z.string() }),
});

/**
 * Asks a registry for a package's archive.
 * @throws DioramaError `SOURCE_UNAVAILABLE`, `REQUEST_INVALID` when the registry's address is none to fetch from; or
 *   the signal's reason.
 */
export async function findArchive(
  { name, version }: PackageSource,
  registry: string,
  options: { readonly times: PullTimes; readonly signal: AbortSignal },
): Promise<PackageArchive> {
  const url = fetchableAddress(registry, 'address of the npm registry');
  const base = url.pathname.replace(/\/$/, '');
  url.pathname = `${base}/${name.replace('/', '%2f')}/${version}`;
  const text = await patiently(options, () => textAt(url, options));
  const parsed = metadataSchema.safeParse(jsonOf(text));
  const sha512 = /(?:^|\s)sha512-([A-Za-z0-9+/]{86}==)(?:\s|$)/.exec(
    parsed.data?.dist.integrity ?? '',
  )?.[1];
  if (!parsed.success || !sha512) {
    throw unavailable(`${shownAddress(url)} names no archive with a SHA-512`, parsed.error);
  }
  const tarball = new URL(parsed.data.dist.tarball);
  // Where the registry itself is reached over https, nothing of it is fetched over less.
  if (tarball.protocol === 'https:' || (isLoopbackHttp(tarball) && isLoopbackHttp(url))) {
    return { url: tarball, sha512 };
  }
  throw unavailable(`${shownAddress(url)} names an archive that is not on https`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function textAt(
  url: URL,
  { times, signal }: { readonly times: PullTimes; readonly signal: AbortSignal },
): Promise<string> {
  const answer = await requestFile({
    url,
    headers: { accept: 'application/json' },
    ownHeaders: {},
    headersMs: times.headersMs,
    signal,
  });
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  try {
    const options = { from: url.host, stallMs: times.stallMs, signal };
    for await (const piece of readBody(answer.response.body, options)) {
      bytes += piece.byteLength;
      if (bytes > MOST_BYTES) throw corrupt(`${shownAddress(url)} says more than any package does`);
      pieces.push(piece);
    }
  } finally {
    answer.close();
  }
  return Buffer.concat(pieces).toString('utf8');
}
