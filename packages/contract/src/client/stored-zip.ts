import { notUnderstood } from './not-understood.ts';

const END_BYTES = 22;
const END_SIGNATURE = 0x06054b50;
const CENTRAL_BYTES = 46;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_BYTES = 30;
const LOCAL_SIGNATURE = 0x04034b50;
/** The service sends five files at most. */
const MAX_ENTRIES = 64;

/**
 * The files of an archive that stores them as they are, by name; they are views of the archive, so that nothing is copied.
 * Reads what the service writes (PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.16), and checks every offset.
 * @throws DioramaError `SOURCE_UNAVAILABLE` for anything else
 */
export function readStoredZip(
  archive: Uint8Array<ArrayBuffer>,
): Map<string, Uint8Array<ArrayBuffer>> {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength);
  const need = (isSo: boolean) => {
    if (!isSo) throw notUnderstood();
  };
  const end = archive.length - END_BYTES;
  need(end >= 0 && view.getUint32(end, true) === END_SIGNATURE);
  const count = view.getUint16(end + 10, true);
  need(count <= MAX_ENTRIES);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  let at = view.getUint32(end + 16, true);
  for (let entry = 0; entry < count; entry++) {
    need(at + CENTRAL_BYTES <= end && view.getUint32(at, true) === CENTRAL_SIGNATURE);
    const method = view.getUint16(at + 10, true);
    const packedBytes = view.getUint32(at + 20, true);
    const bytes = view.getUint32(at + 24, true);
    const nameBytes = view.getUint16(at + 28, true);
    const skipped = view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    const local = view.getUint32(at + 42, true);
    need(method === 0 && packedBytes === bytes && at + CENTRAL_BYTES + nameBytes <= end);
    const nameFrom = at + CENTRAL_BYTES;
    const name = new TextDecoder().decode(archive.subarray(nameFrom, nameFrom + nameBytes));
    need(local + LOCAL_BYTES <= end && view.getUint32(local, true) === LOCAL_SIGNATURE);
    const from =
      local + LOCAL_BYTES + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    need(from + bytes <= end && !files.has(name));
    files.set(name, archive.subarray(from, from + bytes));
    at = nameFrom + nameBytes + skipped;
  }
  return files;
}
