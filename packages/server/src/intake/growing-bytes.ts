const LEAST_BYTES = 1024;

/**
 * Bytes that arrive in pieces, written into one memory as they come, so that no upload has to be copied as a whole
 * when it is complete. The memory is shared: another thread gets it without a copy, too.
 */
export class GrowingBytes {
  #memory: Uint8Array;
  #length = 0;

  /** `expectedBytes` is the most that will come, as far as anybody knows: the system lends pages as they are written. */
  constructor(expectedBytes: number) {
    this.#memory = reserve(expectedBytes);
  }

  get length(): number {
    return this.#length;
  }

  add(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#memory.length) this.#grow(length);
    this.#memory.set(bytes, this.#length);
    this.#length = length;
  }

  /** What has come so far; a view of memory that nothing else uses. */
  toBytes(): Uint8Array {
    return this.#memory.subarray(0, this.#length);
  }

  #grow(length: number): void {
    const larger = reserve(Math.max(length, this.#memory.length * 2, LEAST_BYTES));
    larger.set(this.#memory.subarray(0, this.#length));
    this.#memory = larger;
  }
}

function reserve(bytes: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(bytes));
}
