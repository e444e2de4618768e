import type { Socket } from 'node:net';
import { DioramaError } from '@diorama/core';
import { FrameReader, LENGTH_BYTES, MOST_HEADER_BYTES } from './frame-reader.ts';
import { packMessage } from './message-frame.ts';
import type { OnPiece } from './pipe-socket.ts';

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
  readonly #socket: Socket;

  constructor(open: (onPiece: OnPiece) => Socket, events: PipeEvents) {
    const reader = new FrameReader();
    const socket = open((piece) => {
      let messages: readonly unknown[] = [];
      try {
        messages = reader.push(piece);
      } catch (error) {
        socket.destroy();
        events.onFault(error);
      }
      for (const message of messages) events.onMessage(message);
    });
    // A pipe that breaks is closed next, which says all there is to say.
    socket.on('error', () => undefined);
    socket.once('close', () => events.onClosed());
    this.#socket = socket;
  }

  /** Whether the pipe keeps the process alive. */
  hold(isHeld: boolean): void {
    if (isHeld) this.#socket.ref();
    else this.#socket.unref();
  }

  /** Closes this end, whatever is still unsaid. */
  close(): void {
    this.#socket.destroy();
  }

  /**
   * Sends a message; its arrays must not change before the other end answers. Nothing is copied here: the system takes
   * from each array as fast as the other end reads. Of no effect once the pipe is closed.
   * @throws DioramaError `INTERNAL` when too much waits already, and what structured cloning throws
   */
  send(message: unknown, onSent?: () => void): void {
    const socket = this.#socket;
    const { header, bodies } = packMessage(message);
    if (socket.writableLength > MOST_UNSENT_BYTES || header.length > MOST_HEADER_BYTES) {
      throw new DioramaError('INTERNAL', 'More is said to a worker process than it can take.');
    }
    if (!socket.writable) return;
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(header.length);
    socket.cork();
    socket.write(length);
    socket.write(header, onSent);
    for (const body of bodies) if (body.length > 0) socket.write(body);
    socket.uncork();
  }
}
