/** One entry of a TIFF image file directory. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** Where the values lie; may point outside the bytes, since a file may say anything. */
  readonly at: number;
}

/** A TIFF structure (a TIFF file, or the inside of an EXIF block) that is read entry by entry, never as a whole. */
export interface TiffView {
  readonly view: DataView;
  readonly isLittleEndian: boolean;
  readonly firstDirectoryAt: number;
}

const TYPE_BYTES: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
/** More entries than any real directory has; a file may claim 65535. */
const MAX_ENTRIES = 512;

/** Opens classic TIFF bytes; nothing for anything else, BigTIFF included. */
export function openTiff(bytes: Uint8Array): TiffView | undefined {
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const order = view.getUint16(0);
  const isLittleEndian = order === 0x4949;
  if (!isLittleEndian && order !== 0x4d4d) return undefined;
  if (view.getUint16(2, isLittleEndian) !== 42) return undefined;
  return { view, isLittleEndian, firstDirectoryAt: view.getUint32(4, isLittleEndian) };
}

/** The entries of one directory with the wanted tags: the first of each, at most 512 looked at. */
export function findEntries(
  tiff: TiffView,
  directoryAt: number,
  wanted: readonly number[],
): Map<number, TiffEntry> {
  const { view, isLittleEndian } = tiff;
  const found = new Map<number, TiffEntry>();
  if (directoryAt < 8 || directoryAt + 2 > view.byteLength) return found;
  const entries = Math.min(view.getUint16(directoryAt, isLittleEndian), MAX_ENTRIES);
  for (let index = 0; index < entries; index += 1) {
    const at = directoryAt + 2 + index * 12;
    if (at + 12 > view.byteLength) break;
    const tag = view.getUint16(at, isLittleEndian);
    if (!wanted.includes(tag) || found.has(tag)) continue;
    const type = view.getUint16(at + 2, isLittleEndian);
    const count = view.getUint32(at + 4, isLittleEndian);
    const bytes = (TYPE_BYTES[type] ?? 0) * count;
    if (bytes === 0) continue;
    const valueAt = bytes <= 4 ? at + 8 : view.getUint32(at + 8, isLittleEndian);
    found.set(tag, { tag, type, count, at: valueAt });
  }
  return found;
}

/** How far a directory and the values of its entries reach, and where the next one begins (0 after the last). */
export function extentOf(
  tiff: TiffView,
  directoryAt: number,
): { readonly end: number; readonly nextAt: number } {
  const { view, isLittleEndian } = tiff;
  const beyond = { end: Number.POSITIVE_INFINITY, nextAt: 0 };
  if (directoryAt + 2 > view.byteLength) return beyond;
  const entries = view.getUint16(directoryAt, isLittleEndian);
  const nextPointerAt = directoryAt + 2 + entries * 12;
  let end = nextPointerAt + 4;
  if (end > view.byteLength) return beyond;
  for (let at = directoryAt + 2; at < nextPointerAt; at += 12) {
    const type = view.getUint16(at + 2, isLittleEndian);
    const bytes = (TYPE_BYTES[type] ?? 0) * view.getUint32(at + 4, isLittleEndian);
    if (bytes > 4) end = Math.max(end, view.getUint32(at + 8, isLittleEndian) + bytes);
  }
  return { end, nextAt: view.getUint32(nextPointerAt, isLittleEndian) };
}

/** The value at `index` of an entry as a number; nothing when it is no number or lies outside. */
export function numberOf(
  tiff: TiffView,
  entry: TiffEntry | undefined,
  index = 0,
): number | undefined {
  if (entry === undefined || index >= entry.count) return undefined;
  const { view, isLittleEndian } = tiff;
  const size = TYPE_BYTES[entry.type] ?? 0;
  const at = entry.at + index * size;
  if (size === 0 || at + size > view.byteLength) return undefined;
  switch (entry.type) {
    case 1:
      return view.getUint8(at);
    case 3:
      return view.getUint16(at, isLittleEndian);
    case 4:
      return view.getUint32(at, isLittleEndian);
    case 5: {
      const divisor = view.getUint32(at + 4, isLittleEndian);
      return divisor === 0 ? undefined : view.getUint32(at, isLittleEndian) / divisor;
    }
    default:
      return undefined;
  }
}

const NEW_SUBFILE_TYPE = 254;
const SUB_IFDS = 330;
const DNG_VERSION = 50706;

/**
 * Whether TIFF bytes are a camera's raw file: a thumbnail comes first and the sensor data lie in a directory
 * below it, so that opening it as TIFF would answer with the thumbnail.
 */
export function isCameraRaw(bytes: Uint8Array): boolean {
  const tiff = openTiff(bytes);
  if (tiff === undefined) return false;
  if (bytes[8] === 0x43 && bytes[9] === 0x52) return true;
  const entries = findEntries(tiff, tiff.firstDirectoryAt, [
    NEW_SUBFILE_TYPE,
    SUB_IFDS,
    DNG_VERSION,
  ]);
  if (entries.has(DNG_VERSION)) return true;
  const isReduced = ((numberOf(tiff, entries.get(NEW_SUBFILE_TYPE)) ?? 0) & 1) === 1;
  return isReduced && entries.has(SUB_IFDS);
}
