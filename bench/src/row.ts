/** A figure before it is held against its target. */
export interface Measured {
  readonly id: string;
  /** What was measured, in a few words. */
  readonly what: string;
  /** Null when it could not be measured. */
  readonly value: number | null;
  readonly unit: string;
  readonly target?: Target;
  /** How noisy it was, what it includes, or why it was skipped. */
  readonly note?: string;
}

export interface Target {
  readonly limit: number;
  readonly isAtMost: boolean;
}

/** One row of the report. */
export interface Row {
  readonly id: string;
  readonly what: string;
  readonly value: number | null;
  readonly unit: string;
  /** The figure to reach; null for rows that only inform. */
  readonly target: number | null;
  /** Whether the value reaches the target; null without a value or a target. */
  readonly holds: boolean | null;
  readonly note?: string;
}

export function atMost(limit: number): Target {
  return { limit, isAtMost: true };
}

export function atLeast(limit: number): Target {
  return { limit, isAtMost: false };
}

/** Holds a figure against its target, with the value as it was measured: rounding is for the table alone. */
export function judge(measured: Measured): Row {
  const { id, what, value, unit, target, note } = measured;
  const isJudged = value !== null && target !== undefined;
  const holds = isJudged ? (target.isAtMost ? value <= target.limit : value >= target.limit) : null;
  return {
    id,
    what,
    value,
    unit,
    target: target?.limit ?? null,
    holds,
    ...(note === undefined ? {} : { note }),
  };
}
