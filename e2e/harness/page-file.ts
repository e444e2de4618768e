/** A file as a page is given it. */
export interface PageFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Bytes as a file with a name and a type, which may be wrong. */
export function pageFile(name: string, bytes: Uint8Array, mimeType = ''): PageFile {
  return { name, mimeType, buffer: Buffer.from(bytes) };
}
