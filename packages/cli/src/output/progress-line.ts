import type { Output } from '../context.ts';
import { countText, durationText } from './text.ts';

const REDRAW_MS = 200;
/** How wide a bar is. */
export const BAR_CELLS = 24;

export interface Progress {
  readonly total: number;
  /** Photos that ended, however. */
  readonly ended: number;
  /** Those of them that were made, which tell how long the others will take. */
  readonly made: number;
  /** When the last of them was, from the start. */
  readonly madeMs: number;
  readonly elapsedMs: number;
}

/** One line at the foot of a terminal, drawn again and again, and gone when it is cleared. */
export class ProgressLine {
  private readonly stream: Output;
  private readonly text: () => string;
  private timer: NodeJS.Timeout | undefined;
  private isDrawn = false;

  constructor(stream: Output, text: () => string) {
    this.stream = stream;
    this.text = text;
  }

  start(): void {
    this.timer = setInterval(() => this.draw(), REDRAW_MS);
    this.timer.unref();
    this.draw();
  }

  /** Takes the line away, so that another can be written. */
  clear(): void {
    if (this.isDrawn) this.stream.write('\r\u001b[K');
    this.isDrawn = false;
  }

  stop(): void {
    clearInterval(this.timer);
    this.clear();
  }

  private draw(): void {
    // Some terminals say that they have no columns.
    const text = this.text().slice(0, (this.stream.columns || 80) - 1);
    this.stream.write(`\r${text}\u001b[K`);
    this.isDrawn = true;
  }
}

/** `[######------] 12/40 photos, 31 s, about 1 min 20 s left` */
export function progressText(progress: Progress): string {
  const { total, ended, made, madeMs, elapsedMs } = progress;
  const filled = total === 0 ? 0 : Math.floor((BAR_CELLS * ended) / total);
  const bar = '#'.repeat(filled) + '-'.repeat(BAR_CELLS - filled);
  // Counts down while a photo is being made, and is set right by each that is.
  const leftMs = madeMs + (madeMs / made) * (total - ended) - elapsedMs;
  const left = made > 0 && leftMs >= 1000 ? `, about ${durationText(leftMs)} left` : '';
  return `[${bar}] ${ended}/${countText(total, 'photo')}, ${durationText(elapsedMs)}${left}`;
}
