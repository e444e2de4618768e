const START_OF_SCAN = 0xda;
const APP1 = 0xe1;

/** The EXIF block of a JPEG's bytes, a view of them; nothing where there is none. ITU-T T.81 annex B. */
export function exifOfJpeg(bytes: Uint8Array): Uint8Array | undefined {
  for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] as number; // in range by the loop's bound
    if (marker === START_OF_SCAN) return undefined;
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number); // in range by the loop's bound
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (marker === APP1 && String.fromCharCode(...segment.subarray(0, 4)) === 'Exif')
      return segment;
    at += 2 + Math.max(2, length);
  }
  return undefined;
}
