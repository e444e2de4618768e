import { type CommandReport, problemOf } from '@diorama/contract';
import type { DioramaError } from '@diorama/core';
import type { Output } from '../context.ts';
import type { FoundPhoto } from '../input/photo-list.ts';
import type { PhotoEnd, RunReporter, RunSummary } from '../run/photo-run.ts';
import { write } from './text.ts';

/** A run for a program, on stdout: one JSON document a line, as `commandReportSchema` in the contract says. */
export class JsonReporter implements RunReporter {
  private readonly stream: Output;

  constructor(stream: Output) {
    this.stream = stream;
  }

  begin(): void {}

  async refused(input: string | undefined, error: DioramaError): Promise<void> {
    await this.line({
      event: 'problem',
      ...(input === undefined ? {} : { input }),
      problem: problemOf(error),
    });
  }

  async ended(photo: FoundPhoto, { error, ...end }: PhotoEnd): Promise<void> {
    const problem = error ? { problem: problemOf(error) } : {};
    await this.line({ event: 'photo', photo: photo.shown, ...end, ...problem });
  }

  async finish(summary: RunSummary): Promise<void> {
    await this.line({ event: 'summary', ...summary });
  }

  private async line(report: CommandReport): Promise<void> {
    const rounded = 'elapsedMs' in report ? { elapsedMs: Math.round(report.elapsedMs) } : {};
    await write(this.stream, `${JSON.stringify({ ...report, ...rounded })}\n`);
  }
}
