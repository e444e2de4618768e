interface NodeTimer {
  ref(): unknown;
  unref(): unknown;
}

/** Whether a timer keeps the process alive. A browser's timer is a number and holds nothing. */
export function holdTimer(timer: NodeTimer | number | undefined, isHeld: boolean): void {
  if (typeof timer !== 'object') return;
  if (isHeld) timer.ref();
  else timer.unref();
}
