import type { Size } from '@diorama/core';
import { DECODE_TIMEOUT_S, openFile, sharp } from './native.ts';
import { layOutTiff } from './tiff-file.ts';

/** CICP colour primaries (ITU-T H.273) of Display P3, which phones and browsers write without a profile. */
export const P3_PRIMARIES = 12;

/** A Display P3 ICC profile: the one that libvips itself carries, read back from a picture that it was put into. */
export async function displayP3Profile(): Promise<Uint8Array | undefined> {
  const dot = sharp({ create: { width: 1, height: 1, channels: 3, background: 'black' } });
  const file = await dot.withIccProfile('p3').png().toBuffer();
  return (await sharp(file).metadata()).icc;
}

/**
 * Decodes a file whose colours are stated by number only, which libvips takes for sRGB, into an uncompressed TIFF
 * that carries the profile, so that the usual way converts it. Native errors are left as they are.
 */
export async function attachProfile(source: {
  readonly bytes: Uint8Array;
  readonly size: Size;
  readonly icc?: Uint8Array;
}): Promise<Uint8Array<ArrayBuffer>> {
  const { size, icc } = source;
  const { data, info } = await openFile(source.bytes, {
    limitInputPixels: size.width * size.height,
  })
    .toColourspace('srgb')
    .raw({ depth: 'uchar' })
    .timeout({ seconds: DECODE_TIMEOUT_S })
    .toBuffer({ resolveWithObject: true });
  const layout = { size: info, channels: info.channels, bits: 8, ...(icc ? { icc } : {}) } as const;
  const { bytes, samplesAt } = layOutTiff(layout);
  bytes.set(data, samplesAt);
  return bytes;
}

const META = 0x6d657461;
const IPRP = 0x69707270;
const IPCO = 0x6970636f;
const COLR = 0x636f6c72;
const NCLX = 0x6e636c78;

/**
 * The CICP colour primaries that a HEIF file (AVIF, HEIC) states in its `colr` box of kind `nclx`; nothing when
 * there is none. The first one counts: it belongs to the primary picture, or to its tiles, which agree with it.
 */
export function readPrimaries(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // `meta` is a full box: four bytes of version and flags come before its children.
  const meta = findBox(view, { from: 0, to: bytes.length }, META);
  const iprp = meta && findBox(view, { from: meta.from + 4, to: meta.to }, IPRP);
  const ipco = iprp && findBox(view, iprp, IPCO);
  for (const box of ipco ? boxesOf(view, ipco) : []) {
    if (box.type !== COLR || box.from + 6 > box.to) continue;
    if (view.getUint32(box.from) === NCLX) return view.getUint16(box.from + 4);
  }
  return undefined;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function findBox(view: DataView, inside: Span, type: number): Span | undefined {
  for (const box of boxesOf(view, inside)) if (box.type === type) return box;
  return undefined;
}

/** ISO/IEC 14496-12 boxes: 32-bit or 64-bit length, then a name; ends quietly where the bytes make no sense. */
function* boxesOf(view: DataView, { from, to }: Span): Generator<Span & { readonly type: number }> {
  let at = from;
  while (at + 8 <= to) {
    const short = view.getUint32(at);
    const isLong = short === 1 && at + 16 <= to;
    const length = isLong ? Number(view.getBigUint64(at + 8)) : short === 0 ? to - at : short;
    if (length < 8 || at + length > to) return;
    yield { type: view.getUint32(at + 4), from: at + (isLong ? 16 : 8), to: at + length };
    at += length;
  }
}
