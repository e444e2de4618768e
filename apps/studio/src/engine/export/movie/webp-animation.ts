/** Chunks of a WebP file that hold a picture: with or without loss, and the transparency of the first. */
const PICTURE_CHUNKS = new Set(['VP8 ', 'VP8L', 'ALPH']);
const MOST_SIDE = 1 << 24;

/** One chunk of a RIFF file: its name, its contents, and a byte more where their number is odd. */
export function riffChunk(name: string, ...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = parts.reduce((sum, part) => sum + part.length, 0);
  const chunk = new Uint8Array(8 + bytes + (bytes % 2));
  for (let at = 0; at < 4; at++) chunk[at] = name.charCodeAt(at);
  new DataView(chunk.buffer).setUint32(4, bytes, true);
  let at = 8;
  for (const part of parts) {
    chunk.set(part, at);
    at += part.length;
  }
  return chunk;
}

/** The chunks of a still WebP that are its picture, as they stand in the file. Empty where it is none. */
export function webpPicture(file: Uint8Array): readonly Uint8Array[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const name = (at: number) => String.fromCharCode(...file.subarray(at, at + 4));
  if (file.length < 12 || name(0) !== 'RIFF' || name(8) !== 'WEBP') return [];
  const chunks: Uint8Array[] = [];
  for (let at = 12; at + 8 <= file.length; ) {
    const bytes = view.getUint32(at + 4, true);
    const end = Math.min(file.length, at + 8 + bytes + (bytes % 2));
    if (PICTURE_CHUNKS.has(name(at))) chunks.push(file.subarray(at, end));
    at = end;
  }
  return chunks;
}

/** One picture of an animation: the chunks of a still one, and how long it lasts, 1..16777215 ms. It replaces what was there. */
export function animationFrame(
  picture: readonly Uint8Array[],
  { width, height }: { readonly width: number; readonly height: number },
  milliseconds: number,
): Uint8Array {
  const head = new Uint8Array(16);
  putWord24(head, 6, width - 1);
  putWord24(head, 9, height - 1);
  putWord24(head, 12, milliseconds);
  // Not blended with what is below, and left there afterwards.
  head[15] = 0b10;
  return riffChunk('ANMF', head, ...picture);
}

/**
 * What stands before the pictures of an animation that repeats for ever; `frameBytes` is the sum of all that follow.
 * After the WebP container specification, https://developers.google.com/speed/webp/docs/riff_container
 */
export function animationHead(
  { width, height }: { readonly width: number; readonly height: number },
  frameBytes: number,
): Uint8Array {
  const extended = new Uint8Array(10);
  // The flag of animations.
  extended[0] = 0b10;
  putWord24(extended, 4, Math.min(MOST_SIDE, width) - 1);
  putWord24(extended, 7, Math.min(MOST_SIDE, height) - 1);
  // A black ground and 0 turns, which is for ever.
  const animation = new Uint8Array([0, 0, 0, 255, 0, 0]);
  const chunks = [riffChunk('VP8X', extended), riffChunk('ANIM', animation)];
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const head = new Uint8Array(12 + bytes);
  head.set(riffChunk('RIFF', new TextEncoder().encode('WEBP')));
  new DataView(head.buffer).setUint32(4, 4 + bytes + frameBytes, true);
  let at = 12;
  for (const chunk of chunks) {
    head.set(chunk, at);
    at += chunk.length;
  }
  return head;
}

function putWord24(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value & 255;
  bytes[at + 1] = (value >> 8) & 255;
  bytes[at + 2] = (value >> 16) & 255;
}
