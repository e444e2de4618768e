import type { ModelCard } from '@diorama/contract';

/** What the process beside an import is asked: what a file is, or whether a card describes its file. */
export type ImportRequest =
  | { readonly kind: 'probe'; readonly path: string }
  | { readonly kind: 'try'; readonly card: ModelCard };

/** One picture went through: its size in pixels, and how long the network took. */
export interface TrialAnswer {
  readonly width: number;
  readonly height: number;
  readonly predictMs: number;
}

export const IMPORT_PROCESS = new URL('./import-process.js', import.meta.url);
