import type { ConformancePictures } from './pictures.ts';
import type { Probe } from './probe.ts';

/** What every check has at hand. */
export interface CheckContext {
  readonly probe: Probe;
  readonly pictures: ConformancePictures;
  /** Milliseconds within which 99 of 100 health answers must come, beside what the machine takes. */
  readonly healthWithinMs: number;
}

/** What a check measured, or why it was not made. */
export type CheckNote = string | { readonly skipped: string };

/** One thing that a container must do. */
export interface Check {
  /** Stable, such as `health-200`. */
  readonly id: string;
  /** What is so when it passes, in words that go on after the id. */
  readonly says: string;
  /**
   * `pictures` go sealed to a predictor that takes no others; what is `open` stays so, and such a predictor is not asked. Absent
   * where none are sent, or how is the check's own matter.
   */
  readonly sends?: 'pictures' | 'open';
  /**
   * Answers what there is to say, if anything.
   * @throws DioramaError `MODEL_OUTPUT_INVALID` with one line that says what was not so
   */
  readonly run: (context: CheckContext) => Promise<CheckNote | undefined>;
}

/** How a check ended. */
export interface CheckOutcome {
  readonly id: string;
  readonly says: string;
  readonly result: 'passed' | 'failed' | 'skipped';
  /** Whether its pictures went sealed, since the predictor takes no others. */
  readonly isSealed?: true;
  /** Why it failed or was skipped, or what it measured. */
  readonly note?: string;
  readonly elapsedMs: number;
}
