import type { Holding, Holdings } from './holdings.ts';
import type { PhotoLine } from './photo-line.ts';
import type { Punctuality } from './punctuality.ts';
import { DESK_BOUNDS, type DeskBound, queueFull } from './queue-full.ts';

/** Bounds of a desk. An empty one takes a photo whatever they are. */
export interface AdmissionLimits {
  /** Photos that may upload or wait besides those that are worked on. */
  readonly maxQueued: number;
  readonly maxHeldBytes: number;
  readonly maxHeldPixels: number;
  /** Whether callers are told apart, so that one of them must leave room for the others. */
  readonly hasCallers: boolean;
}

export interface Applicant {
  readonly callerId: string;
  /** On the clock of `performance.now()`. */
  readonly deadlineAtMs: number;
}

/** What admission looks at. */
export interface AdmissionParts {
  readonly holdings: Holdings;
  readonly line: PhotoLine;
  readonly punctuality: Punctuality;
}

/** Says who may come in, and counts whom it sent away. */
export class Admission {
  readonly refusals: Record<DeskBound, number>;
  readonly #limits: AdmissionLimits;
  readonly #holdings: Holdings;
  readonly #line: PhotoLine;
  readonly #punctuality: Punctuality;

  constructor(limits: AdmissionLimits, parts: AdmissionParts) {
    this.#limits = limits;
    this.#holdings = parts.holdings;
    this.#line = parts.line;
    this.#punctuality = parts.punctuality;
    // The entries of all bounds are all of the record.
    this.refusals = Object.fromEntries(
      DESK_BOUNDS.map((bound) => [bound, 0]),
    ) as typeof this.refusals;
  }

  /**
   * Before a photo is sent, by what is known of it then.
   *
   * The share of a caller is a dynamic threshold (Choudhury and Hahne, "Dynamic queue length thresholds for shared-memory
   * packet switches", IEEE/ACM Transactions on Networking 6, 1998): it may have as many places as are free. One caller
   * alone so fills half of them, and the more callers there are, the less each, while some are free for the next.
   * @throws DioramaError `QUEUE_FULL`
   */
  checkArrival(applicant: Applicant, bytes: number): void {
    const holdings = this.#holdings;
    const line = this.#line;
    const { maxQueued, maxHeldBytes, maxHeldPixels, hasCallers } = this.#limits;
    if (holdings.tickets === 0) return;

    const idleLanes = Math.max(0, line.lanes - line.working);
    const pending = holdings.pendingOf();
    const free = maxQueued + idleLanes - pending;
    if (free <= 0) this.#refuse('count', applicant, line.freedInMs(1, one));
    const own = holdings.pendingOf(applicant.callerId);
    if (hasCallers && pending >= idleLanes && own >= free) {
      this.#refuse('share', applicant, line.freedInMs(own - free + 1, one));
    }
    const excessBytes = holdings.bytes + bytes - maxHeldBytes;
    if (excessBytes > 0) {
      this.#refuse(
        'bytes',
        applicant,
        line.freedInMs(excessBytes, (holding) => holding.bytes),
      );
    }
    this.#checkPixels(applicant, holdings.pixels + 1 - maxHeldPixels);
    const { costAhead } = line.standingOf(applicant.callerId);
    this.#checkWait(applicant, line.waitMs(costAhead));
  }

  /**
   * Once a photo is there, and its pixels are known. Answers how long it waits and is worked on, as far as can be told.
   * @throws DioramaError `QUEUE_FULL`
   */
  checkPhoto(applicant: Applicant, pixels: number, costMs: number): number {
    const held = this.#holdings.pixels;
    if (held > 0) this.#checkPixels(applicant, held + pixels - this.#limits.maxHeldPixels);
    const { costAhead } = this.#line.standingOf(applicant.callerId);
    const waitMs = this.#line.waitMs(costAhead);
    // A photo that waits for nobody is tried, however long it may take: later would be no better.
    if (waitMs > 0) this.#checkWait(applicant, waitMs + costMs);
    return waitMs + costMs;
  }

  #checkPixels(applicant: Applicant, excess: number): void {
    if (excess <= 0) return;
    this.#refuse(
      'pixels',
      applicant,
      this.#line.freedInMs(excess, ({ pixels }) => pixels),
    );
  }

  #checkWait(applicant: Applicant, predictedMs: number): void {
    const neededMs = predictedMs * this.#punctuality.factor;
    const lateMs = neededMs - (applicant.deadlineAtMs - performance.now());
    if (neededMs > 0 && lateMs > 0) this.#refuse('deadline', applicant, lateMs);
  }

  #refuse(bound: DeskBound, { callerId }: Applicant, roomInMs: number): never {
    this.refusals[bound] += 1;
    const { position } = this.#line.standingOf(callerId);
    throw queueFull(bound, { roomInMs, queuePosition: position, waiting: this.#line.waiting });
  }
}

function one(_holding: Holding): number {
  return 1;
}
