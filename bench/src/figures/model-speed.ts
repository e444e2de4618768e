import type { CatalogueCard } from '@diorama/contract';
import type { Size } from '@diorama/core';
import { listModelGraphs } from '@diorama/fixtures';
import { listCatalogue } from '@diorama/runtime';
import { z } from 'zod';
import { runChild } from '../child-process.ts';
import type { Figure } from '../figure.ts';
import { withRandomModel } from '../random-model.ts';
import type { Measured } from '../row.ts';

const BYTES_PER_MB = 1e6;
const TIMEOUT_MS = 900_000;

const sizeSchema = z.object({ width: z.int().positive(), height: z.int().positive() });
const answerSchema = z.object({
  openMs: z.number().positive(),
  medianMs: z.number().positive(),
  runs: z.int().positive(),
  peakBytes: z.number().positive(),
  size: sizeSchema,
  isRight: z.boolean(),
  odd: z.array(z.object({ photo: sizeSchema, size: sizeSchema, isRight: z.boolean() })),
});
type Answer = z.infer<typeof answerSchema>;

/** One figure for each model of the catalogue of which a graph is kept. */
export async function modelFigures(): Promise<readonly Figure[]> {
  const graphs = await listModelGraphs();
  const cards = await listCatalogue();
  return cards.filter(({ id }) => graphs.includes(id)).map(modelFigure);
}

/** Time and memory of a model of the catalogue, by its graph and random weights, alone in a fresh process. */
function modelFigure(card: CatalogueCard): Figure {
  const ms = {
    id: `model-${card.id}-ms`,
    what: `${card.id}: one run for a 4:3 photo, warm`,
    unit: 'ms',
  };
  const peak = {
    id: `model-${card.id}-peak-mb`,
    what: `${card.id}: highest resident memory of a process that loads and runs it`,
    unit: 'MB',
  };
  return {
    ids: [ms.id, peak.id],
    measure: async () => {
      const answer = await withRandomModel(card, async (model) => {
        const input = new TextEncoder().encode(JSON.stringify(model.card));
        const { value } = await runChild('model-run', input, TIMEOUT_MS);
        return answerSchema.parse(value);
      });
      return rowsOf(answer, ms, peak);
    },
  };
}

function rowsOf(
  answer: Answer,
  ms: Omit<Measured, 'value'>,
  peak: Omit<Measured, 'value'>,
): readonly Measured[] {
  const { medianMs, runs, openMs, size, isRight } = answer;
  const notes = [
    `at ${shown(size)}`,
    runs === 1 ? 'one run' : `median of ${runs}`,
    `ready after ${(openMs / 1000).toFixed(1)} s`,
    isRight ? oddNote(answer) : 'its answer has NOT the size of its picture',
  ];
  return [
    { ...ms, value: medianMs, note: notes.join('; ') },
    { ...peak, value: answer.peakBytes / BYTES_PER_MB, note: '1 MB is 1,000,000 bytes' },
  ];
}

function oddNote({ odd }: Answer): string {
  if (odd.length === 0) return 'odd sizes not tried, for the time they take';
  const wrong = odd.filter((one) => !one.isRight);
  const named = (wrong.length > 0 ? wrong : odd).map(
    ({ photo, size }) => `${shown(photo)} at ${shown(size)}`,
  );
  return `${wrong.length > 0 ? 'WRONG planes for' : 'right planes for'} ${named.join(', ')}`;
}

function shown({ width, height }: Size): string {
  return `${width}x${height}`;
}
