import { randomBytes } from 'node:crypto';
import type { JobDocument } from '@diorama/contract';
import { DioramaError } from '@diorama/core';

/** What happened to a job; the last three are the last event of it. */
export type JobEventName = 'progress' | 'done' | 'failed' | 'cancelled';

/** One change of a job, and the job as it was then. */
export interface JobEvent {
  /** Never the same for two events, also of jobs with the same id. */
  readonly id: string;
  readonly name: JobEventName;
  readonly document: JobDocument;
}

export type JobListener = (event: JobEvent) => void;

/** Events that are kept for listeners who come back; the present state is always among them. */
const MAX_EVENTS = 64;
/** Listeners of one job at once. */
const MAX_LISTENERS = 8;

/** The events of one job, kept for a while and handed to whoever listens. */
export class JobFeed {
  // A job that is done again after a restart has other event ids, or its listeners would miss its end.
  readonly #run = randomBytes(6).toString('hex');
  readonly #events: JobEvent[] = [];
  readonly #listeners = new Set<JobListener>();
  #count = 0;

  /** The event that tells the present state; none before the first. */
  get last(): JobEvent | undefined {
    return this.#events.at(-1);
  }

  add(name: JobEventName, document: JobDocument): void {
    this.#count += 1;
    const event = { id: `${this.#run}-${this.#count}`, name, document };
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#events.shift();
    for (const listener of this.#listeners) listener(event);
    if (name !== 'progress') this.#listeners.clear();
  }

  /** The events after the one with this id, as far as they are kept; at least the last. */
  since(eventId: string | undefined): readonly JobEvent[] {
    const known = this.#events.findIndex(({ id }) => id === eventId);
    const missed = known === -1 ? [] : this.#events.slice(known + 1);
    return missed.length > 0 ? missed : this.#events.slice(-1);
  }

  /**
   * Calls the listener with each event from now on, until the answered function is called or the last event is out.
   * @throws DioramaError `QUEUE_FULL`
   */
  listen(listener: JobListener): () => void {
    if (this.#listeners.size >= MAX_LISTENERS) {
      throw new DioramaError('QUEUE_FULL', 'As many listen to this job as may.');
    }
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}
