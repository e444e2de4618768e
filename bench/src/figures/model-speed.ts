import type { ModelCard } from '@diorama/contract';
import type { Size } from '@diorama/core';
import { listModelGraphs } from '@diorama/fixtures';
import { listCatalogue, listEmbeddedCards } from '@diorama/runtime';
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

/** Hands a card, with the file where it says, to `use`. */
type WithModel = (use: (card: ModelCard) => Promise<Answer>) => Promise<Answer>;

/** One figure for each model: the embedded one as it is, those of the catalogue by their graphs and random weights. */
export async function modelFigures(): Promise<readonly Figure[]> {
  const graphs = await listModelGraphs();
  const embedded = await listEmbeddedCards();
  const catalogue = (await listCatalogue()).filter(({ id }) => graphs.includes(id));
  return [
    ...embedded.map((card) => modelFigure(card.id, (use) => use(card))),
    ...catalogue.map((card) =>
      modelFigure(card.id, (use) => withRandomModel(card, (model) => use(model.card))),
    ),
  ];
}

/** Time and memory of a model, alone in a fresh process. */
function modelFigure(id: string, withModel: WithModel): Figure {
  const ms = { id: `model-${id}-ms`, what: `${id}: one run for a 4:3 photo, warm`, unit: 'ms' };
  const peak = {
    id: `model-${id}-peak-mb`,
    what: `${id}: highest resident memory of a process that loads and runs it`,
    unit: 'MB',
  };
  return {
    ids: [ms.id, peak.id],
    measure: async () => {
      const answer = await withModel(async (card) => {
        const input = new TextEncoder().encode(JSON.stringify(card));
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
