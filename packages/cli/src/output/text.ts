import type { DioramaError } from '@diorama/core';
import type { Output } from '../context.ts';

/** One line that a terminal only shows, whatever is in it: file names may hold its control codes. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '\uFFFD');
}

/** `what: why (CODE)` */
export function problemLine(what: string, error: Pick<DioramaError, 'message' | 'code'>): string {
  return `${oneLine(what)}: ${oneLine(error.message).replace(/\.$/, '')} (${error.code})`;
}

/** `850 ms`, `3.2 s`, `4 min 05 s`, `2 h 10 min` */
export function durationText(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  }
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** `1 photo`, `2 photos` */
export function countText(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

/** Writes and waits until it is on its way, so that a slow reader slows us down and fills no memory. */
export function write(stream: Output, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => (error ? reject(error) : resolve()));
  });
}
