import { setImmediate as nextTurn } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { PiecewiseBody } from './layer-files.ts';

const LOCAL_HEADER_BYTES = 30;
const CENTRAL_HEADER_BYTES = 46;
const END_BYTES = 22;
/** 1980-01-01, where the format's time begins: an archive says nothing about when it was made. */
const DOS_DATE = 0x0021;
const VERSION = 20;
/** A third of a millisecond on a common core. */
const SLICE_BYTES = 2 ** 20;

export interface ZipEntry {
  /** ASCII, without folders. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * A ZIP archive that stores its entries as they are: pictures are compressed already. Below 4 GiB, since it
 * has no ZIP64 records (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16).
 */
export function zipBody(entries: readonly ZipEntry[]): PiecewiseBody<Uint8Array> {
  const pathsBytes = entries.reduce((sum, { path }) => sum + path.length, 0);
  const contentBytes = entries.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const headersBytes = entries.length * (LOCAL_HEADER_BYTES + CENTRAL_HEADER_BYTES);
  return {
    contentType: 'application/zip',
    contentLength: headersBytes + 2 * pathsBytes + contentBytes + END_BYTES,
    pieces: zipPieces(entries),
  };
}

async function* zipPieces(entries: readonly ZipEntry[]): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, bytes } of entries) {
    const name = Buffer.from(path, 'ascii');
    const shared = sharedFields(bytes.length, await checksumOf(bytes), name.length);
    const local = Buffer.alloc(LOCAL_HEADER_BYTES);
    local.writeUInt32LE(0x04034b50, 0);
    shared.copy(local, 4);
    yield Buffer.concat([local, name]);
    yield bytes;

    const central = Buffer.alloc(CENTRAL_HEADER_BYTES);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(VERSION, 4);
    shared.copy(central, 6);
    central.writeUInt32LE(offset, 42);
    directory.push(central, name);
    offset += LOCAL_HEADER_BYTES + name.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  yield central;

  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  yield end;
}

/** CRC-32 of bytes, slice by slice: other requests get their turn in between. */
async function checksumOf(bytes: Uint8Array): Promise<number> {
  let checksum = 0;
  for (let from = 0; from < bytes.length; from += SLICE_BYTES) {
    if (from > 0) await nextTurn();
    checksum = crc32(bytes.subarray(from, from + SLICE_BYTES), checksum);
  }
  return checksum;
}

/** The 26 bytes that local and central headers have in common: version needed .. extra length. */
function sharedFields(length: number, checksum: number, nameLength: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(DOS_DATE, 8);
  fields.writeUInt32LE(checksum, 10);
  fields.writeUInt32LE(length, 14);
  fields.writeUInt32LE(length, 18);
  fields.writeUInt16LE(nameLength, 22);
  return fields;
}
