import { PassingTrouble } from './pull-trouble.ts';

/**
 * The pieces of an answer's body. Only waiting for the server counts as a stall, not what is done with a piece.
 * @throws `PassingTrouble` when the connection is cut, or brings nothing for `stallMs`; or the signal's reason.
 */
export async function* readBody(
  body: ReadableStream<Uint8Array> | null,
  options: { readonly from: string; readonly stallMs: number; readonly signal: AbortSignal },
): AsyncGenerator<Uint8Array, void> {
  if (!body) return;
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await beforeStall(reader.read(), options);
      if (done) return;
      yield value;
    }
  } finally {
    // Whoever stops early has seen enough; the connection is closed by who opened it.
    reader.cancel().catch(() => undefined);
  }
}

async function beforeStall<T>(
  read: Promise<T>,
  {
    from,
    stallMs,
    signal,
  }: { readonly from: string; readonly stallMs: number; readonly signal: AbortSignal },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stall = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new PassingTrouble(`${from} sent nothing for ${stallMs / 1000} s`, {})),
      stallMs,
    );
  });
  try {
    return await Promise.race([read, stall]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PassingTrouble) throw error;
    throw new PassingTrouble(`${from} cut the connection`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
