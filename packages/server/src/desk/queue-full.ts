import { DioramaError } from '@diorama/core';

/** What a photo can be refused for at the desk. */
export const DESK_BOUNDS = ['count', 'share', 'bytes', 'pixels', 'deadline'] as const;
export type DeskBound = (typeof DESK_BOUNDS)[number];

/** Whoever comes back sooner gains nothing; whoever waits longer finds an empty desk. */
const SHORTEST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 120;

const LINES: Readonly<Record<DeskBound, string>> = {
  count: 'As many photos wait as may.',
  share: 'As many photos of this key wait as may while others want room, too.',
  bytes: 'The server holds as many bytes of photos as it can.',
  pixels: 'The photos that wait hold as many pixels as they may.',
  deadline: 'The photo would not be ready before its deadline.',
};

/** Where a refused photo stood. */
export interface RefusedPlace {
  /** Until there is room, as far as can be told. */
  readonly roomInMs: number;
  /** Photos that would have gone before it. */
  readonly queuePosition: number;
  readonly waiting: number;
}

/** The refusal of a photo for which there is no room, `QUEUE_FULL`. It says when to come back, in 1 to 120 s. */
export function queueFull(bound: DeskBound, place: RefusedPlace): DioramaError {
  const { roomInMs, queuePosition, waiting } = place;
  const retryAfterSeconds = Math.min(
    LONGEST_WAIT_SECONDS,
    Math.max(SHORTEST_WAIT_SECONDS, Math.ceil(roomInMs / 1000)),
  );
  const line = `${LINES[bound]} Try again in ${retryAfterSeconds} s.`;
  return new DioramaError('QUEUE_FULL', line, {
    detail: { bound, queuePosition, waiting, retryAfterSeconds },
  });
}
