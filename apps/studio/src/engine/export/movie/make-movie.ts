import { DioramaError } from '@diorama/core';
import { MovieCanvas } from './movie-canvas.ts';
import type { MovieMoment } from './movie-messages.ts';
import { isVideo, type MovieOrder, shareOf } from './movie-order.ts';
import type { MovieWriter } from './movie-writer.ts';
import { openGifWriter } from './write-gif.ts';
import { openVideoWriter } from './write-video.ts';
import { openWebpWriter } from './write-webp.ts';

export interface MakeMovieOptions {
  /** Gives what a moment of the loop is drawn from. */
  readonly momentAt: (share: number) => Promise<MovieMoment>;
  readonly onProgress: (share: number) => void;
}

/** Makes a movie picture by picture; one is drawn while what the next is made of is on its way. */
export async function makeMovie(
  order: MovieOrder,
  { momentAt, onProgress }: MakeMovieOptions,
): Promise<Blob> {
  const drawn = new MovieCanvas(order);
  try {
    const writer = await openWriter(order, drawn.canvas);
    const total = order.frames * order.loops + writer.studies.length;
    let done = 0;
    const shares = [
      ...writer.studies,
      ...Array.from({ length: order.frames * order.loops }, (_, index) => shareOf(index, order)),
    ];
    const ask = (at: number): Promise<MovieMoment> | undefined => {
      const share = shares[at];
      if (share === undefined || (at > 0 && !order.isMoving)) return undefined;
      const asked = momentAt(share);
      // It is waited for later; should another one fail before, this one's failure is known already.
      asked.catch(() => undefined);
      return asked;
    };
    let next = ask(0);
    for (const [at, share] of shares.entries()) {
      const moment = await next;
      next = ask(at + 1);
      if (moment) drawn.set(moment);
      drawn.draw(share);
      if (at < writer.studies.length) writer.study(drawn.canvas);
      else await writer.add(drawn.canvas, at - writer.studies.length);
      onProgress(++done / total);
    }
    return await writer.finish();
  } finally {
    drawn.dispose();
  }
}

async function openWriter(order: MovieOrder, canvas: OffscreenCanvas): Promise<MovieWriter> {
  const { format } = order;
  if (isVideo(format)) return openVideoWriter({ ...order, format }, canvas);
  switch (format) {
    case 'gif':
      return openGifWriter(order);
    case 'webp':
      return openWebpWriter(order);
    default:
      throw new DioramaError('REQUEST_INVALID', `There is no format ${format}.`);
  }
}
