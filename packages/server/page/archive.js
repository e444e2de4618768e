/**
 * The files of an archive that stores them as they are, as the server sends it: name to bytes, without a copy.
 * @param {ArrayBuffer} buffer
 * @returns {Map<string, Uint8Array>}
 */
export function readStoredZip(buffer) {
  const view = new DataView(buffer);
  const files = new Map();
  let offset = 0;
  while (offset + 30 <= view.byteLength && view.getUint32(offset, true) === 0x04034b50) {
    const length = view.getUint32(offset + 22, true);
    const nameLength = view.getUint16(offset + 26, true);
    const extraLength = view.getUint16(offset + 28, true);
    const nameAt = offset + 30;
    const bytesAt = nameAt + nameLength + extraLength;
    const name = new TextDecoder().decode(new Uint8Array(buffer, nameAt, nameLength));
    files.set(name, new Uint8Array(buffer, bytesAt, length));
    offset = bytesAt + length;
  }
  return files;
}
