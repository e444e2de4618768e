/**
 * How long a picture lasts in a format whose clock is coarser than the movie's rate, in ticks of it: each is rounded so
 * that none is ever off by more than half a tick and all of them together last as long as they should.
 */
export function ticksOf(index: number, framesPerSecond: number, ticksPerSecond: number): number {
  const at = (frame: number) => Math.round((frame * ticksPerSecond) / framesPerSecond);
  return at(index + 1) - at(index);
}
