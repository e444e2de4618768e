import type { Diorama } from '@diorama/engine';
import type { PhotoSource } from './photo-source.ts';
import type { Measured } from './row.ts';

/** What the figures share. */
export interface Bench {
  readonly photos: PhotoSource;
  /** A warm Diorama with the default settings, opened once. */
  diorama(): Promise<Diorama>;
  /** One line on how far the run is. */
  say(line: string): void;
}

/** One or more rows that are measured together. */
export interface Figure {
  /** The ids of its rows. */
  readonly ids: readonly string[];
  readonly measure: (bench: Bench) => Promise<readonly Measured[]>;
}
