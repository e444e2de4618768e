export type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * Begins work that may be left at any time: what it returns aborts the work's signal, and how that ends is nobody's
 * business any more. Else `onEnd` hears of its end, once, and never before this function returned.
 */
export function startWork<T>(
  begin: (signal: AbortSignal) => Promise<T>,
  onEnd: (outcome: Outcome<T>) => void,
): () => void {
  const controller = new AbortController();
  let isOver = false;
  const end = (outcome: Outcome<T>): void => {
    if (isOver) return;
    isOver = true;
    onEnd(outcome);
  };
  // An async function, so that work which throws before it waits fails as any other.
  (async () => begin(controller.signal))().then(
    (value) => end({ value }),
    (error: unknown) => end({ error }),
  );
  return () => {
    if (isOver) return;
    isOver = true;
    controller.abort();
  };
}
