import type { ModelCard } from '@diorama/contract';
import { DioramaError, type Size } from '@diorama/core';

/** An output as ONNX Runtime gives it. */
export interface NetworkOutput {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: unknown;
}

/** So many pictures of one size. */
export interface BatchShape extends Size {
  readonly count: number;
}

/** A loaded network, whichever of ONNX Runtime's packages runs it. */
export interface Network {
  /** Whether its graph leaves open how many pictures it takes at once; it may fail at more than one all the same. */
  readonly takesBatches: boolean;
  /** Runs it on planes of `[count, 3, height, width]` samples and gives the outputs that were named. */
  run(
    planes: Float32Array,
    shape: BatchShape,
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, NetworkOutput | undefined>>>;
  release(): Promise<void>;
}

/** Settings of a session wherever it runs. Why these: docs/decisions/0004-sessions.md. */
export function sessionSettings({ isGpuRequired }: { readonly isGpuRequired: boolean }) {
  return {
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    enableCpuMemArena: true,
    // A plan per input size would be kept for ever, and every photo may bring another size.
    enableMemPattern: false,
    logSeverityLevel: 4,
    extra: {
      session: {
        'intra_op.allow_spinning': '0',
        'inter_op.allow_spinning': '0',
        ...(isGpuRequired ? { disable_cpu_ep_fallback: '1' } : {}),
      },
    },
  } as const;
}

/**
 * Refuses a network that lacks an input or output which its card names.
 * @throws DioramaError `MODEL_CORRUPT`
 */
export function assertNames(
  card: ModelCard,
  network: { readonly inputNames: readonly string[]; readonly outputNames: readonly string[] },
): void {
  const missing = [
    ...[card.input.name].filter((name) => !network.inputNames.includes(name)),
    ...card.outputs
      .map((output) => output.name)
      .filter((name) => !network.outputNames.includes(name)),
  ];
  if (missing.length === 0) return;
  throw new DioramaError(
    'MODEL_CORRUPT',
    `The card of model ${card.id} names ${missing.join(', ')}, which its file does not have.`,
  );
}

/**
 * Why ONNX Runtime did not open a session. On the processor it is the file's fault: every processor runs every
 * graph; on anything else it counts as the provider's.
 */
export function openingError(
  { card, provider }: { readonly card: ModelCard; readonly provider: string },
  isOnProcessor: boolean,
  cause: unknown,
): DioramaError {
  const why = reasonOf(cause);
  if (isOnProcessor) {
    const message = `The file of model ${card.id} cannot be opened: ${why}.`;
    return new DioramaError('MODEL_CORRUPT', message, { cause });
  }
  return new DioramaError('PROVIDER_UNAVAILABLE', why, { cause, detail: { provider } });
}

/** The last, telling line of an ONNX Runtime message, without the place in its sources. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const line = (lines.at(-1) ?? text).replace(/^.*was false\. /, '').replace(/^\/\S+:\d+ /, '');
  return line.trim().replace(/\.$/, '');
}
