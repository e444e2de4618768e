import { DioramaError } from '@diorama/core';
import { isCameraRaw } from './tiff-directory.ts';

/** What Diorama opens. HEIC is any HEIF still whose pictures are HEVC. */
export const PHOTO_TYPES = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic'] as const;
export type PhotoType = (typeof PHOTO_TYPES)[number];

const HEVC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
const AV1_BRANDS = new Set(['avif', 'avis']);
const HEIF_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf']);
const VIDEO_BRANDS = /^(isom|iso\d|mp4\d|M4V |M4VP|qt {2}|3g[a-z0-9]{2}|avc1|dash|MSNV|f4v )$/;

/** Beginnings of files that people take for photos, so that a refusal can name what came. */
const OTHERS: readonly (readonly [start: string, name: string])[] = [
  ['%PDF-', 'a PDF document'],
  ['8BPS', 'a Photoshop file'],
  ['BM', 'a BMP picture'],
  ['\0\0\x01\0', 'an icon file'],
  ['\xFF\x0A', 'a JPEG XL picture'],
  ['\0\0\0\x0CJXL ', 'a JPEG XL picture'],
  ['\0\0\0\x0CjP  ', 'a JPEG 2000 picture'],
  ['\xFF\x4F\xFF\x51', 'a JPEG 2000 picture'],
  ['v/1\x01', 'an OpenEXR picture'],
  ['#?RADIANCE', 'a Radiance HDR picture'],
  ['\x1A\x45\xDF\xA3', 'a video'],
  ['\0\0\x01\xBA', 'a video'],
  ['FLV', 'a video'],
  ['FUJIFILM', 'a camera raw file'],
  ['IIRO', 'a camera raw file'],
  ['IIU\0', 'a camera raw file'],
  ['PK\x03\x04', 'a ZIP archive or office document'],
  ['\x1F\x8B', 'a gzip archive'],
];

/**
 * The type of a photo by its content; names and headers are never asked.
 * @throws DioramaError `PHOTO_EMPTY`; `PHOTO_TRUNCATED` for less than a beginning; `PHOTO_TYPE_UNSUPPORTED`, which
 * names what came where that is known
 */
export function sniffPhotoType(bytes: Uint8Array): PhotoType {
  if (bytes.length === 0) throw new DioramaError('PHOTO_EMPTY', 'The photo holds no bytes.');
  const head = latin1(bytes, 0, 32);
  if (head.startsWith('\xFF\xD8\xFF')) return 'jpeg';
  if (head.startsWith('\x89PNG\r\n\x1A\n')) return 'png';
  if (head.startsWith('GIF87a') || head.startsWith('GIF89a')) return 'gif';
  if (head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP') return 'webp';
  if (/^(II\x2A\0|MM\0\x2A|II\x2B\0|MM\0\x2B)/.test(head)) {
    if (isCameraRaw(bytes)) throw unsupported('a camera raw file');
    return 'tiff';
  }
  if (head.slice(4, 8) === 'ftyp' && head.length >= 12) return sniffBrand(bytes);
  if (isBeginning(head)) {
    throw new DioramaError('PHOTO_TRUNCATED', 'The file ends within its first few bytes.', {
      detail: { bytes: bytes.length },
    });
  }
  throw unsupported(nameOf(bytes, head));
}

/** Whether these few bytes are how a photo begins, though too few to tell more. */
function isBeginning(head: string): boolean {
  if (head.length < 2 || head.length >= 12) return false;
  if (head.startsWith('RIFF') || head.slice(4, 8) === 'ftyp') return true;
  return ['\xFF\xD8\xFF', '\x89PNG\r\n\x1A\n', 'GIF8', 'RIFF'].some((start) =>
    start.startsWith(head),
  );
}

/** ISO/IEC 14496-12: a `ftyp` box lists the major brand, a version, then the compatible brands. */
function sniffBrand(bytes: Uint8Array): PhotoType {
  const boxBytes = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 512);
  const brands = [latin1(bytes, 8, 12)];
  for (let at = 16; at + 4 <= boxBytes; at += 4) brands.push(latin1(bytes, at, at + 4));
  if (brands.some((brand) => AV1_BRANDS.has(brand))) return 'avif';
  if (brands.some((brand) => HEVC_BRANDS.has(brand))) return 'heic';
  const [major = ''] = brands;
  if (HEIF_BRANDS.has(major)) return 'heic';
  if (major === 'crx ') throw unsupported('a camera raw file');
  if (VIDEO_BRANDS.test(major)) throw unsupported('a video');
  throw unsupported(undefined);
}

function nameOf(bytes: Uint8Array, head: string): string | undefined {
  if (head.startsWith('RIFF') && head.slice(8, 11) === 'AVI') return 'a video';
  const known = OTHERS.find(([start]) => head.startsWith(start));
  if (known) return known[1];
  return nameOfText(bytes);
}

function nameOfText(bytes: Uint8Array): string | undefined {
  const sample = bytes.subarray(0, 1024);
  if (sample.length < 4) return undefined;
  const isBinary = sample.some((byte) => byte < 9 || (byte > 13 && byte < 32));
  if (isBinary || !isUtf8(sample)) return undefined;
  const text = latin1(sample, 0, sample.length).toLowerCase();
  if (text.includes('<svg')) return 'an SVG drawing';
  if (text.includes('<html') || text.includes('<!doctype html')) return 'a web page';
  return 'text';
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    // As a stream, since the sample may end within a letter.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function unsupported(name: string | undefined): DioramaError {
  const what = name === undefined ? 'This is no picture of a known type' : `This is ${name}`;
  return new DioramaError(
    'PHOTO_TYPE_UNSUPPORTED',
    `${what}; Diorama opens JPEG, PNG, WebP, AVIF, GIF, TIFF and HEIC.`,
    name === undefined ? {} : { detail: { found: name } },
  );
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to));
}
