/** Where a file goes while it is being made: chunks in their order. */
export interface FileSink {
  readonly bytes: number;
  write(chunk: Uint8Array<ArrayBuffer> | Blob): Promise<void>;
  /** Ends the file. Gives it, unless it lies where the person wished it to be. */
  end(mediaType: string): Promise<Blob | undefined>;
}

/** So many bytes are given to the browser at once, which may keep them on disk instead of in this worker's memory. */
const CHUNK_BYTES = 16_000_000;

/** A file that the browser keeps until it is saved. */
export class BlobSink implements FileSink {
  #parts: Blob[] = [];
  #pending: (Uint8Array<ArrayBuffer> | Blob)[] = [];
  #pendingBytes = 0;
  bytes = 0;

  async write(chunk: Uint8Array<ArrayBuffer> | Blob): Promise<void> {
    const size = chunk instanceof Blob ? chunk.size : chunk.byteLength;
    this.#pending.push(chunk);
    this.#pendingBytes += size;
    this.bytes += size;
    if (this.#pendingBytes >= CHUNK_BYTES) this.#flush();
  }

  async end(mediaType: string): Promise<Blob> {
    this.#flush();
    const blob = new Blob(this.#parts, { type: mediaType });
    this.#parts = [];
    return blob;
  }

  #flush(): void {
    this.#parts.push(new Blob(this.#pending));
    this.#pending = [];
    this.#pendingBytes = 0;
  }
}

/** A file on the person's own disk; nothing of it is kept in memory. */
export class DiskSink implements FileSink {
  readonly #stream: FileSystemWritableFileStream;
  bytes = 0;

  constructor(stream: FileSystemWritableFileStream) {
    this.#stream = stream;
  }

  async write(chunk: Uint8Array<ArrayBuffer> | Blob): Promise<void> {
    this.bytes += chunk instanceof Blob ? chunk.size : chunk.byteLength;
    await this.#stream.write(chunk);
  }

  async end(): Promise<undefined> {
    await this.#stream.close();
  }
}
