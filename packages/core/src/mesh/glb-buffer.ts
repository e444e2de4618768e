const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

const aligned = (bytes: number) => Math.ceil(bytes / 4) * 4;

/** The binary part of a GLB file while it grows, and the file around it. */
export class GlbBuffer {
  readonly #parts: Uint8Array[] = [];
  readonly #views: object[] = [];
  #bytes = 0;

  /** Adds bytes as a view of their own, at an address that is a multiple of 4. Gives the view's number. */
  add(bytes: Uint8Array, { target }: { readonly target?: number } = {}): number {
    this.#parts.push(bytes);
    this.#views.push({
      buffer: 0,
      byteOffset: this.#bytes,
      byteLength: bytes.byteLength,
      ...(target === undefined ? {} : { target }),
    });
    this.#bytes += aligned(bytes.byteLength);
    return this.#views.length - 1;
  }

  /** The file: the document, to which the views are added, and the bytes. */
  file(document: object): Uint8Array<ArrayBuffer> {
    const whole =
      this.#bytes === 0
        ? document
        : { ...document, bufferViews: this.#views, buffers: [{ byteLength: this.#bytes }] };
    // ASCII alone, so that a character is a byte.
    const text = asciiOf(JSON.stringify(whole));
    const textBytes = aligned(text.length);
    const binaryBytes = this.#bytes === 0 ? 0 : CHUNK_HEADER_BYTES + this.#bytes;
    const total = HEADER_BYTES + CHUNK_HEADER_BYTES + textBytes + binaryBytes;
    const file = new Uint8Array(total);
    const view = new DataView(file.buffer);
    const words = [MAGIC, 2, total, textBytes, JSON_CHUNK];
    for (const [index, word] of words.entries()) view.setUint32(index * 4, word, true);
    const textAt = HEADER_BYTES + CHUNK_HEADER_BYTES;
    // JSON is padded by spaces, the binary part by zeros.
    file.fill(0x20, textAt, textAt + textBytes);
    for (let i = 0; i < text.length; i++) file[textAt + i] = text.charCodeAt(i);
    if (binaryBytes === 0) return file;
    let at = textAt + textBytes;
    view.setUint32(at, this.#bytes, true);
    view.setUint32(at + 4, BINARY_CHUNK, true);
    at += CHUNK_HEADER_BYTES;
    for (const part of this.#parts) {
      file.set(part, at);
      at += aligned(part.byteLength);
    }
    return file;
  }
}

/** JSON with every other character as an escape, which means the same. */
function asciiOf(json: string): string {
  return json.replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
