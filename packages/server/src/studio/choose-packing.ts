import type { FileVersion, Packing, StudioFile } from './studio-files.ts';

/** In the order of preference. */
const PACKINGS: readonly Packing[] = ['br', 'gzip'];

/** The version of a file for who accepts these codings (`Accept-Encoding`, RFC 9110, section 12.5.3); else the plain one. */
export function chooseVersion(
  { plain, packed }: Pick<StudioFile, 'plain' | 'packed'>,
  accepted: string,
): { readonly version: FileVersion; readonly packing?: Packing } {
  for (const packing of PACKINGS) {
    const version = packed[packing];
    if (version && isAccepted(packing, accepted)) return { version, packing };
  }
  return { version: plain };
}

/** Named, or meant by `*`, and not with a weight of 0; other weights are no reason to send more bytes. */
function isAccepted(packing: Packing, accepted: string): boolean {
  let isMeant = false;
  for (const part of accepted.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    const weight = parameters.find((text) => text.startsWith('q='));
    const isTaken = weight === undefined || Number(weight.slice(2)) > 0;
    if (name === packing) return isTaken;
    if (name === '*') isMeant = isTaken;
  }
  return isMeant;
}
