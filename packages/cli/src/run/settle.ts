import { DioramaError } from '@diorama/core';

/** Waits for a promise, but no longer than a time. */
export async function settleBefore(promise: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  try {
    await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A signal that follows another and ends by itself after a time, with `DEADLINE_EXCEEDED`. */
export class DeadlineSignal {
  private readonly controller = new AbortController();
  private readonly outer: AbortSignal;
  private readonly timer: NodeJS.Timeout;
  private readonly follow = () => this.controller.abort(this.outer.reason);

  constructor(outer: AbortSignal, timeoutMs: number) {
    this.outer = outer;
    this.timer = setTimeout(() => {
      const error = new DioramaError(
        'DEADLINE_EXCEEDED',
        `Not done within ${Math.round(timeoutMs / 100) / 10} s; --timeout allows more`,
      );
      this.controller.abort(error);
    }, timeoutMs);
    if (outer.aborted) this.follow();
    else outer.addEventListener('abort', this.follow, { once: true });
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Waits for work, but no longer than this signal, whatever the work does about it. */
  async race<T>(work: Promise<T>): Promise<T> {
    work.catch(() => undefined); // may fail after nobody waits for it any more
    let refuse: (() => void) | undefined;
    const ended = new Promise<never>((_, reject) => {
      refuse = () => reject(this.signal.reason);
      if (this.signal.aborted) refuse();
      else this.signal.addEventListener('abort', refuse, { once: true });
    });
    try {
      return await Promise.race([work, ended]);
    } finally {
      if (refuse) this.signal.removeEventListener('abort', refuse);
    }
  }

  /** Lets go of the timer and of the outer signal. */
  dispose(): void {
    clearTimeout(this.timer);
    this.outer.removeEventListener('abort', this.follow);
  }
}
