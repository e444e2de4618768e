import type { PullProgress } from '@diorama/runtime';
import type { Output } from '../context.ts';
import { megabytes } from './model-table.ts';
import { BAR_CELLS, ProgressLine } from './progress-line.ts';
import { durationText } from './text.ts';

/** Between two plain lines about the same thing. */
const PLAIN_LINE_MS = 5000;

const PHASE_WORDS: Readonly<Record<PullProgress['phase'], string>> = {
  wait: 'another process pulls it',
  download: 'fetching',
  unpack: 'unpacking',
  check: 'checking',
};

/** How a pull goes, on stderr: one line that moves on a terminal, elsewhere a plain line now and then. */
export class PullReporter {
  private readonly stream: Output;
  private readonly id: string;
  private readonly line: ProgressLine | undefined;
  private progress: PullProgress | undefined;
  private phaseStart = performance.now();
  private phaseReceived = 0;
  private lastPlain = 0;

  constructor(stream: Output, id: string) {
    this.stream = stream;
    this.id = id;
    this.line = stream.isTTY ? new ProgressLine(stream, () => this.text()) : undefined;
  }

  report(progress: PullProgress): void {
    const isFirst = this.progress === undefined;
    const isNewPhase = this.progress?.phase !== progress.phase;
    this.progress = progress;
    const now = performance.now();
    if (isNewPhase) {
      this.phaseStart = now;
      this.phaseReceived = progress.received;
    }
    if (this.line) {
      if (isFirst) this.line.start();
    } else if (isNewPhase || now - this.lastPlain > PLAIN_LINE_MS) {
      this.lastPlain = now;
      this.stream.write(`${plainText(this.id, progress)}\n`);
    }
  }

  stop(): void {
    this.line?.stop();
  }

  private text(): string {
    if (!this.progress) return this.id;
    const { received } = this.progress;
    const elapsedMs = performance.now() - this.phaseStart;
    return pullText(this.id, this.progress, (received - this.phaseReceived) / elapsedMs);
  }
}

/** `isnet-general: fetching, 51.2 of 88.2 MB` */
export function plainText(id: string, { phase, received, total }: PullProgress): string {
  return `${id}: ${PHASE_WORDS[phase]}${amountText(received, total)}`;
}

function amountText(received: number, total: number | undefined): string {
  if (total !== undefined) return `, ${(received / 1e6).toFixed(1)} of ${megabytes(total)}`;
  return received > 0 ? `, ${megabytes(received)}` : '';
}

/** `isnet-general: fetching [######------] 51.2 of 88.2 MB, about 4.0 s left` */
export function pullText(id: string, progress: PullProgress, bytesPerMs: number): string {
  const { phase, received, total } = progress;
  if (total === undefined) return plainText(id, progress);
  const filled = Math.min(BAR_CELLS, Math.floor((BAR_CELLS * received) / total));
  const bar = '#'.repeat(filled) + '-'.repeat(BAR_CELLS - filled);
  const leftMs = (total - received) / bytesPerMs;
  const left =
    leftMs >= 1000 && Number.isFinite(leftMs) ? `, about ${durationText(leftMs)} left` : '';
  const amount = amountText(received, total).slice(2);
  return `${id}: ${PHASE_WORDS[phase]} [${bar}] ${amount}${left}`;
}
