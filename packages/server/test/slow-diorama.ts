import type { Progress } from '@diorama/contract';
import type { Diorama, LayersAnswer } from '@diorama/engine';
import { makeFaultyDiorama } from './faulty-diorama.ts';

/** One photo in the hands of an engine that does as it is told. */
export interface SlowWork {
  /** Its bytes, for as long as anybody holds them. */
  readonly photo: WeakRef<Uint8Array>;
  readonly signal: AbortSignal;
  readonly advance: (progress: Progress) => void;
  readonly answer: (answer: LayersAnswer) => void;
  readonly fail: (error: unknown) => void;
}

/** An engine whose photos take as long, and end, as a test says: what the real one does too fast to look at. */
export async function makeSlowDiorama() {
  const works: SlowWork[] = [];
  const waiting: ((work: SlowWork) => void)[] = [];
  const diorama: Diorama = {
    ...(await makeFaultyDiorama(() => Promise.reject(new Error('Not used here.')))),
    layers: (
      bytes,
      _options,
      signal = new AbortController().signal,
      onProgress = () => undefined,
    ) =>
      new Promise((answer, fail) => {
        const work = { photo: new WeakRef(bytes), signal, advance: onProgress, answer, fail };
        const next = waiting.shift();
        if (next) next(work);
        else works.push(work);
      }),
  };
  /** The next photo that the engine is given. */
  const nextWork = () =>
    new Promise<SlowWork>((resolve) => {
      const work = works.shift();
      if (work) resolve(work);
      else waiting.push(resolve);
    });
  return { diorama, nextWork, untouched: () => works.length };
}

/** An answer whose only file, a matte, has so many bytes. */
export function answerOf(bytes: number): LayersAnswer {
  const model = { id: 'm', version: '1', sha256: '0', licence: 'MIT', provider: 'cpu' };
  const file = {
    path: 'matte.png',
    mediaType: 'image/png',
    bytes,
    sha256: '0'.repeat(64),
    bitDepth: 8,
    channels: 1,
  } as const;
  return {
    document: {
      version: 1,
      size: { width: 1, height: 1 },
      files: { matte: file },
      model,
      timingsMs: { decode: 1, queue: 0, predict: 1, refine: 1, encode: 1 },
    },
    files: new Map([['matte.png', new Uint8Array(bytes)]]),
  };
}
