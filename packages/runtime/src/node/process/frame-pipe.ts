import type { Duplex } from 'node:stream';
import { DioramaError } from '@diorama/core';
import { FrameReader, LENGTH_BYTES, MOST_HEADER_BYTES } from './frame-reader.ts';
import { packMessage } from './message-frame.ts';

/**
 * The most that may wait in a pipe whose other end does not read. What a pool says is bounded by itself (one task, and
 * an answer to each of its calls); this stops whatever says more.
 */
const MOST_UNSENT_BYTES = 2 ** 31;

export interface PipeEvents {
  onMessage(message: unknown): void;
  /** What came is no message. */
  onFault(error: unknown): void;
  /** The other end is gone. Called once. */
  onClosed(): void;
}

/** Messages over a pipe to another process, in order, both ways. */
export class FramePipe {
  readonly #stream: Duplex;

  constructor(stream: Duplex, events: PipeEvents) {
    this.#stream = stream;
    const reader = new FrameReader();
    stream.on('data', (piece: Uint8Array) => {
      let messages: readonly unknown[] = [];
      try {
        messages = reader.push(piece);
      } catch (error) {
        stream.destroy();
        events.onFault(error);
      }
      for (const message of messages) events.onMessage(message);
    });
    // A pipe that breaks is closed next, which says all there is to say.
    stream.on('error', () => undefined);
    stream.once('close', () => events.onClosed());
  }

  /**
   * Sends a message; its arrays must not change before the other end answers. Nothing is copied here: the system takes
   * from each array as fast as the other end reads. Of no effect once the pipe is closed.
   * @throws DioramaError `INTERNAL` when too much waits already, and what structured cloning throws
   */
  send(message: unknown, onSent?: () => void): void {
    const stream = this.#stream;
    const { header, bodies } = packMessage(message);
    if (stream.writableLength > MOST_UNSENT_BYTES || header.length > MOST_HEADER_BYTES) {
      throw new DioramaError('INTERNAL', 'More is said to a worker process than it can take.');
    }
    if (!stream.writable) return;
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(header.length);
    stream.cork();
    stream.write(length);
    stream.write(header, onSent);
    for (const body of bodies) if (body.length > 0) stream.write(body);
    stream.uncork();
  }
}
