import type { JobState } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { timeoutSignal } from '@diorama/runtime';
import type { Caller } from '../caller.ts';
import { untilAborted } from '../deadline.ts';
import { Job, type NewJob } from './job.ts';

/** Bounds of the jobs of all callers together. */
export interface JobLimits {
  /** Jobs that are known at once, at work or kept. */
  readonly maxJobs: number;
  /** Bytes that they hold at once: photos of those at work, results of those that are kept. A single one may hold more. */
  readonly maxJobBytes: number;
}

interface Entry {
  readonly job: Job;
  keeping?: NodeJS.Timeout;
}

/** The jobs that the server knows, each its caller's alone. Those that are over are kept for as long as they say. */
export class JobStore {
  readonly #limits: JobLimits;
  readonly #entries = new Map<string, Entry>();
  #isOpen = true;

  constructor(limits: JobLimits) {
    this.#limits = limits;
  }

  /** What all jobs hold, or are held to need. */
  get heldBytes(): number {
    return [...this.#entries.values()].reduce((sum, { job }) => sum + job.heldBytes, 0);
  }

  /** How many jobs of all callers are in each state. */
  countByState(): Record<JobState, number> {
    const counts = { waiting: 0, working: 0, done: 0, failed: 0, cancelled: 0 };
    for (const { job } of this.#entries.values()) counts[job.state] += 1;
    return counts;
  }

  /** A caller's job, if there is one. */
  find(caller: Caller, id: string): Job | undefined {
    return this.#entries.get(keyOf(caller, id))?.job;
  }

  /** A caller's job. @throws DioramaError `JOB_UNKNOWN` */
  get(caller: Caller, id: string): Job {
    const job = this.find(caller, id);
    if (job !== undefined) return job;
    throw new DioramaError('JOB_UNKNOWN', 'There is no job of this id, or it is kept no longer.');
  }

  /** Whether one more job that needs so many bytes may come. @throws DioramaError `QUEUE_FULL`, `NOT_READY` */
  checkRoom(bytes: number): void {
    if (!this.#isOpen) throw new DioramaError('NOT_READY', 'The server is shutting down.');
    // What is kept was promised for as long as it says, so it is the new one that has to wait.
    if (this.#entries.size < this.#limits.maxJobs && this.#isRoomFor(this.heldBytes, bytes)) return;
    throw new DioramaError('QUEUE_FULL', 'The server holds as many jobs and results as it can.');
  }

  /** Whether a job may hold so many bytes instead of those that it was held to need. */
  hasRoomForResult(job: Job, bytes: number): boolean {
    return this.#isRoomFor(this.heldBytes - job.heldBytes, bytes);
  }

  /** A new job, which is forgotten by itself when it was kept. @throws DioramaError `QUEUE_FULL`, `NOT_READY` */
  add(caller: Caller, facts: NewJob): Job {
    this.checkRoom(facts.workBytes);
    const onOver: NewJob['onOver'] = (end, document) => {
      entry.keeping = setTimeout(() => this.forget(caller, facts.id), facts.keepMs);
      entry.keeping.unref();
      facts.onOver(end, document);
    };
    const entry: Entry = { job: new Job({ ...facts, onOver }) };
    this.#entries.set(keyOf(caller, facts.id), entry);
    return entry.job;
  }

  /** Forgets a job that is over, and its result, at once. */
  forget(caller: Caller, id: string): void {
    const entry = this.#entries.get(keyOf(caller, id));
    // A timer that went on would hold the result until its end, and then end another job of this id.
    clearTimeout(entry?.keeping);
    entry?.job.noteFetched();
    this.#entries.delete(keyOf(caller, id));
  }

  /**
   * Takes no more jobs, and settles when those at work are over and their results fetched, or when the signal aborts: then
   * what is still at work fails with `NOT_READY`. Nobody is waited for longer than `fetchMs` to fetch a result.
   */
  async drain(signal: AbortSignal, fetchMs: number): Promise<void> {
    this.#isOpen = false;
    const jobs = [...this.#entries.values()].flatMap(({ job }) => (job.end ? [] : [job]));
    await untilAborted(Promise.all(jobs.map(({ over }) => over)), signal).catch(() => undefined);
    const line = 'The server was shut down before the job was done. Send it again.';
    for (const job of jobs) job.fail(new DioramaError('NOT_READY', line));
    const done = jobs.filter(({ end }) => end?.state === 'done');
    const late = AbortSignal.any([signal, timeoutSignal(fetchMs)]);
    await untilAborted(Promise.all(done.map(({ fetched }) => fetched)), late).catch(
      () => undefined,
    );
  }

  #isRoomFor(heldBytes: number, bytes: number): boolean {
    return heldBytes === 0 || heldBytes + bytes <= this.#limits.maxJobBytes;
  }
}

/** An id has no slash, whatever a caller's id has. */
function keyOf(caller: Caller, id: string): string {
  return `${id}/${caller.id}`;
}
