import type { PhotoType } from './photo-type.ts';
import { extentOf, findEntries, numberOf, openTiff, type TiffView } from './tiff-directory.ts';

/**
 * Whether a file ends before its own structure does. Asked once decoding has failed, to tell a photo that lost its
 * end on the way from one that is damaged, since native messages do not tell them apart; and before decoding HEIC,
 * since libheif leaves missing tiles black without a word.
 */
export function isCutShort(type: PhotoType, bytes: Uint8Array): boolean {
  switch (type) {
    case 'jpeg':
      return isJpegCutShort(bytes);
    case 'png':
      return isPngCutShort(bytes);
    case 'webp':
      return bytes.length < 12 || viewOf(bytes).getUint32(4, true) + 8 > bytes.length;
    case 'gif':
      return isGifCutShort(bytes);
    case 'tiff':
      return isTiffCutShort(bytes);
    case 'avif':
    case 'heic':
      return isBoxCutShort(bytes);
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** ITU-T T.81 annex B: segments with lengths, then entropy-coded data up to the next marker. */
function isJpegCutShort(bytes: Uint8Array): boolean {
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) {
      at += 1;
      continue;
    }
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xd9) return false;
    const isAlone =
      marker === 0 || marker === 1 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd8);
    if (isAlone) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    if (at + 3 >= bytes.length) return true;
    at += 2 + (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
  }
  return true;
}

function isPngCutShort(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let at = 8;
  while (at + 12 <= bytes.length) {
    const type = view.getUint32(at + 4);
    if (type === 0x49454e44) return false;
    // A chunk whose name is not four letters: the file is damaged here, and its length means nothing.
    if (!bytes.subarray(at + 4, at + 8).every((byte) => (byte | 32) >= 97 && (byte | 32) <= 122))
      return false;
    at += 12 + view.getUint32(at);
  }
  return true;
}

/** GIF89a: a screen descriptor, then blocks that end with a trailer byte. */
function isGifCutShort(bytes: Uint8Array): boolean {
  const colourTableBytes = (packed: number) => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
  let at = 13 + colourTableBytes(bytes[10] ?? 0);
  while (at < bytes.length) {
    const block = bytes[at];
    if (block === 0x3b) return false;
    if (block === 0x21) at += 2;
    else if (block === 0x2c) at += 11 + colourTableBytes(bytes[at + 9] ?? 0);
    else return false;
    while (at < bytes.length && bytes[at] !== 0) at += 1 + (bytes[at] ?? 0);
    at += 1;
  }
  return true;
}

const STRIPS: readonly (readonly [offsets: number, counts: number])[] = [
  [273, 279],
  [324, 325],
];

/** More pages than are worth following to word a refusal; also ends directories that form a ring. */
const MAX_DIRECTORIES = 64;

function isTiffCutShort(bytes: Uint8Array): boolean {
  const tiff = openTiff(bytes);
  if (tiff === undefined) return bytes.length < 8;
  let at = tiff.firstDirectoryAt;
  for (let page = 0; at !== 0 && page < MAX_DIRECTORIES; page += 1) {
    const { end, nextAt } = extentOf(tiff, at);
    if (end > bytes.length || isStripMissing(tiff, at)) return true;
    at = nextAt;
  }
  return false;
}

function isStripMissing(tiff: TiffView, directoryAt: number): boolean {
  const entries = findEntries(tiff, directoryAt, STRIPS.flat());
  for (const [offsetsTag, countsTag] of STRIPS) {
    const offsets = entries.get(offsetsTag);
    const counts = entries.get(countsTag);
    if (offsets === undefined || counts === undefined) continue;
    for (let index = 0; index < offsets.count; index += 1) {
      const from = numberOf(tiff, offsets, index);
      const length = numberOf(tiff, counts, index);
      if (from === undefined || length === undefined) return true;
      if (from + length > tiff.view.byteLength) return true;
    }
  }
  return false;
}

/** ISO/IEC 14496-12: boxes with a 32-bit or 64-bit length; 0 means up to the end of the file. */
function isBoxCutShort(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  let at = 0;
  while (at + 8 <= bytes.length) {
    const short = view.getUint32(at);
    if (short === 0) return false;
    if (short === 1 && at + 16 > bytes.length) return true;
    const length = short === 1 ? Number(view.getBigUint64(at + 8)) : short;
    if (length < 8) return false;
    at += length;
  }
  // A few bytes behind the last box are some program's padding.
  return at > bytes.length;
}
