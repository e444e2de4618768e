import { type JobDocument, type JobState, type Progress, problemOf } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import type { LayersAnswer } from '@diorama/engine';
import type { Receipt } from '../cost.ts';
import { JobFeed } from './job-feed.ts';

/** How a job ended. */
export type JobEnd =
  | {
      readonly state: 'done';
      readonly answer: LayersAnswer;
      readonly receipt?: Receipt | undefined;
    }
  | { readonly state: 'failed'; readonly error: unknown }
  | { readonly state: 'cancelled' };

/** A job as it begins. */
export interface NewJob {
  readonly id: string;
  /** The same for two requests that want the same of the same photo. */
  readonly fingerprint: string;
  /** What the job is held to need while it is not over: its photo, and room for its result. */
  readonly workBytes: number;
  /** How long it may take, and how much of that is over. */
  readonly timeoutMs: number;
  readonly elapsedMs: number;
  /** How long the job is kept once it is over. */
  readonly keepMs: number;
  /** Told once, when it is over, before anything else goes on. */
  readonly onOver: (end: JobEnd, document: JobDocument) => void;
}

/** One photo that is worked on behind its caller's back: its state, its result, and who listens. */
export class Job {
  readonly id: string;
  readonly fingerprint: string;
  readonly feed = new JobFeed();
  /** Settles when the job is over, however it ended. */
  readonly over: Promise<void>;
  /** Settles when its result has been sent, or is not wanted any more. */
  readonly fetched: Promise<void>;
  /** To be called when its result has been sent. */
  noteFetched: () => void = () => undefined;
  readonly #parts: NewJob;
  readonly #createdAt = new Date().toISOString();
  readonly #abort = new AbortController();
  readonly #deadline: NodeJS.Timeout;
  #progress: Progress = { step: 'queue' };
  #state: JobState = 'waiting';
  #end: JobEnd | undefined;
  #keptUntil: string | undefined;
  #settle: () => void = () => undefined;

  constructor(parts: NewJob) {
    this.id = parts.id;
    this.fingerprint = parts.fingerprint;
    this.#parts = parts;
    this.over = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.fetched = new Promise((resolve) => {
      this.noteFetched = resolve;
    });
    this.#deadline = setTimeout(() => {
      const line = `The job was not done within ${parts.timeoutMs / 1000} s.`;
      this.fail(new DioramaError('DEADLINE_EXCEEDED', line));
    }, parts.timeoutMs - parts.elapsedMs);
    // A server that is told to end does not wait for it.
    this.#deadline.unref();
    this.feed.add('progress', this.document);
  }

  /** Aborts as soon as nobody wants the work any more. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** How it ended; nothing while it has not. */
  get end(): JobEnd | undefined {
    return this.#end;
  }

  get state(): JobState {
    return this.#state;
  }

  /** What it holds, or is held to need. */
  get heldBytes(): number {
    if (this.#end === undefined) return this.#parts.workBytes;
    return this.#end.state === 'done' ? answerBytes(this.#end.answer) : 0;
  }

  /** The job as its caller sees it. */
  get document(): JobDocument {
    const end = this.#end;
    return {
      id: this.id,
      state: this.#state,
      progress: this.#progress,
      createdAt: this.#createdAt,
      ...(this.#keptUntil === undefined ? {} : { keptUntil: this.#keptUntil }),
      ...(end?.state === 'done'
        ? { layers: end.answer.document, result: `/v1/jobs/${this.id}/result` }
        : {}),
      ...(end?.state === 'failed' ? { problem: problemOf(end.error) } : {}),
    };
  }

  /** Takes note of how far the work has come; nothing once it is over. */
  advance(progress: Progress): void {
    if (this.#end !== undefined || isSame(progress, this.#progress)) return;
    this.#progress = progress;
    this.#state = progress.step === 'queue' ? 'waiting' : 'working';
    this.feed.add('progress', this.document);
  }

  /** Ends it with its result; nothing if it is over. */
  complete(answer: LayersAnswer, receipt?: Receipt): void {
    if (this.#end === undefined) this.#progress = { ...this.#progress, step: 'send' };
    this.#finish({ state: 'done', answer, receipt });
  }

  /** Ends it, and its work at the next step, with why; nothing if it is over. */
  fail(error: unknown): void {
    this.#finish({ state: 'failed', error }, error);
  }

  /** Ends it, and its work at the next step, since its caller said so; nothing if it is over. */
  cancel(): void {
    this.#finish({ state: 'cancelled' }, new DioramaError('CANCELLED', 'The job was cancelled.'));
  }

  #finish(end: JobEnd, reason?: unknown): void {
    if (this.#end !== undefined) return;
    clearTimeout(this.#deadline);
    this.#end = end;
    this.#state = end.state;
    this.#keptUntil = new Date(Date.now() + this.#parts.keepMs).toISOString();
    if (reason !== undefined) this.#abort.abort(reason);
    this.feed.add(end.state, this.document);
    this.#settle();
    this.#parts.onOver(end, this.document);
  }
}

/** The bytes of an answer's files. */
export function answerBytes({ files }: LayersAnswer): number {
  return [...files.values()].reduce((sum, { length }) => sum + length, 0);
}

function isSame(one: Progress, other: Progress): boolean {
  return (
    one.step === other.step &&
    one.position === other.position &&
    one.layersDone === other.layersDone &&
    one.layersAll === other.layersAll
  );
}
