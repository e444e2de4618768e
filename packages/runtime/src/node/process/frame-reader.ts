import { DioramaError } from '@diorama/core';
import { type OpenedFrame, openFrame } from './message-frame.ts';

/** How the length of a header is written: little-endian, in so many bytes. */
export const LENGTH_BYTES = 4;
/** Messages are small beside their arrays: a header beyond it is no header. */
export const MOST_HEADER_BYTES = 16 * 2 ** 20;

/**
 * Puts frames together from the pieces in which they come. Every byte is copied once, to where it belongs, so that no
 * piece takes longer than its own copy, however large the message is.
 */
export class FrameReader {
  #messages: unknown[] = [];
  #frame: OpenedFrame | undefined;
  #nextBody = 0;
  #target: Uint8Array = new Uint8Array(LENGTH_BYTES);
  #filled = 0;
  #isLength = true;

  /** Takes the next piece and gives the messages that it completes. @throws DioramaError `INTERNAL` for what is none */
  push(piece: Uint8Array): readonly unknown[] {
    this.#messages = [];
    let from = 0;
    while (from < piece.length) {
      const bytes = Math.min(piece.length - from, this.#target.length - this.#filled);
      this.#target.set(piece.subarray(from, from + bytes), this.#filled);
      this.#filled += bytes;
      from += bytes;
      if (this.#filled === this.#target.length) this.#advance();
    }
    return this.#messages;
  }

  #advance(): void {
    if (this.#isLength) {
      const { buffer, byteOffset } = this.#target;
      const headerBytes = new DataView(buffer, byteOffset).getUint32(0, true);
      if (headerBytes === 0 || headerBytes > MOST_HEADER_BYTES) throw unreadable();
      this.#isLength = false;
      this.#expect(new Uint8Array(headerBytes));
      return;
    }
    if (!this.#frame) {
      try {
        this.#frame = openFrame(this.#target);
      } catch (error) {
        throw unreadable(error);
      }
      this.#nextBody = 0;
    }
    this.#expectBody(this.#frame);
  }

  #expectBody({ value, bodies }: OpenedFrame): void {
    let body = bodies[this.#nextBody++];
    while (body?.length === 0) body = bodies[this.#nextBody++];
    if (body) {
      this.#expect(body);
      return;
    }
    this.#frame = undefined;
    this.#isLength = true;
    this.#expect(new Uint8Array(LENGTH_BYTES));
    this.#messages.push(value);
  }

  #expect(target: Uint8Array): void {
    this.#target = target;
    this.#filled = 0;
  }
}

function unreadable(cause?: unknown): DioramaError {
  return new DioramaError('INTERNAL', 'A worker process said what cannot be read.', { cause });
}
