import type { DioramaError } from '@diorama/core';
import type { Output } from '../context.ts';
import type { FoundPhoto } from '../input/photo-list.ts';
import type { PhotoEnd, RunReporter, RunSummary } from '../run/photo-run.ts';
import { ProgressLine, progressText } from './progress-line.ts';
import { countText, durationText, oneLine, problemLine, write } from './text.ts';

/**
 * A run as a person reads it, on stderr: on a terminal a progress line and what went wrong above it, elsewhere a plain
 * line for each photo; at the end what became of all.
 */
export class TextReporter implements RunReporter {
  private readonly stream: Output;
  private readonly isDebug: boolean;
  private readonly progress: ProgressLine | undefined;
  private readonly start = performance.now();
  private total = 0;
  private endedCount = 0;
  private made = 0;
  private madeMs = 0;

  constructor(stream: Output, isDebug: boolean) {
    this.stream = stream;
    this.isDebug = isDebug;
    this.progress = stream.isTTY
      ? new ProgressLine(stream, () =>
          progressText({
            total: this.total,
            ended: this.endedCount,
            made: this.made,
            madeMs: this.madeMs,
            elapsedMs: performance.now() - this.start,
          }),
        )
      : undefined;
  }

  begin(total: number): void {
    this.total = total;
    if (total > 0) this.progress?.start();
  }

  async refused(input: string | undefined, error: DioramaError): Promise<void> {
    await this.problem(input ?? 'diorama', error);
  }

  async ended(photo: FoundPhoto, end: PhotoEnd): Promise<void> {
    this.endedCount += 1;
    if (end.outcome === 'done') {
      this.made += 1;
      this.madeMs = performance.now() - this.start;
    }
    if (end.error) return this.problem(photo.shown, end.error);
    if (this.progress) return;
    const how = end.outcome === 'skipped' ? 'finished before' : durationText(end.elapsedMs);
    const to = end.output === undefined ? '' : ` -> ${oneLine(end.output)}`;
    await this.line(`${oneLine(photo.shown)}${to} (${how})`);
  }

  async finish(summary: RunSummary): Promise<void> {
    this.progress?.stop();
    await this.line(summaryText(summary));
  }

  private async problem(what: string, error: DioramaError): Promise<void> {
    await this.line(problemLine(what, error));
    if (this.isDebug) await this.line(String(error.stack));
    if (this.isDebug && error.cause instanceof Error) await this.line(String(error.cause.stack));
  }

  private async line(text: string): Promise<void> {
    this.progress?.clear();
    await write(this.stream, `${text}\n`);
  }
}

/** `12 done, 3 finished before, 1 failed, 4 not tried, 2 other files left out; 31.0 s` */
export function summaryText(summary: RunSummary): string {
  const parts = [
    `${countText(summary.done, 'photo')} done`,
    summary.skipped > 0 ? `${summary.skipped} finished before` : '',
    summary.failed > 0 ? `${summary.failed} failed` : '',
    summary.untried > 0 ? `${summary.untried} not tried` : '',
    summary.notPhotos > 0 ? `${countText(summary.notPhotos, 'other file')} left out` : '',
  ];
  return `${parts.filter(Boolean).join(', ')}; ${durationText(summary.elapsedMs)}`;
}
