import type { ModelCard } from '@diorama/contract';

/** The description of a model, as the models folder names it. */
export const CARD_FILE = 'card.json';
/** Bytes of the largest card that is read. */
export const MOST_CARD_BYTES = 1_000_000;

/** A folder with one model or several. Paths in it have slashes. */
export interface WeightsFolder {
  /** Paths of the cards in it and in its own folders. */
  readonly cards: () => Promise<readonly string[]>;
  readonly readText: (path: string) => Promise<string>;
  /** The file on this machine, and what removes it where it was put there for this. */
  readonly fetch: (
    path: string,
    card: ModelCard,
    signal: AbortSignal,
  ) => Promise<{ readonly path: string; readonly close: () => Promise<void> }>;
}
