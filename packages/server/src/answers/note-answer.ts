import type { Size } from '@diorama/core';
import type { ModelIdentity } from '@diorama/runtime';
import type { Notes } from '../plugins/exchange.ts';

/** Layers or a prediction, as far as a log tells of them. */
interface Told {
  readonly size: Size;
  readonly model: Pick<ModelIdentity, 'id' | 'version'>;
  readonly timingsMs: Readonly<Record<string, number>>;
}

/** Notes what became of a photo on its exchange. */
export function noteAnswer(notes: Notes, { size, model, timingsMs }: Told): void {
  notes.widthPx = size.width;
  notes.heightPx = size.height;
  notes.model = `${model.id}@${model.version}`;
  notes.stepsMs = timingsMs;
}
