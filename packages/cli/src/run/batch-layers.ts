import { resolve } from 'node:path';
import {
  findKnownCard,
  findPredictionFiles,
  indexPredictions,
  isStorageAddress,
  openRecordedPredictor,
  type PredictionIndex,
  photoKey,
} from '@diorama/cloud';
import type { ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { chooseModels } from '@diorama/engine';
import { defaultModelsFolder } from '@diorama/runtime';
import type { BatchLayersFlags } from '../commands/batch-layers.ts';
import type { CommandContext } from '../context.ts';
import { findBatchPhotos } from '../input/batch-photos.ts';
import { countText, oneLine, write } from '../output/text.ts';
import { makeLayers } from './layers-run.ts';
import { reporterFor, type StartEngine } from './photo-command.ts';
import type { RunReporter } from './photo-run.ts';

/** Makes layers from what a batch prediction job wrote. Answers the exit code. */
export async function runBatchLayers(
  inputs: readonly string[],
  flags: BatchLayersFlags,
  context: CommandContext,
): Promise<number> {
  const { cwd, signal } = context;
  const { predictions } = flags;
  const place = isStorageAddress(predictions) ? predictions : resolve(cwd, predictions);
  const files = await findPredictionFiles(place, signal);
  const troubles = new TroubleLines(reporterFor(flags, context));
  const index = await indexPredictions(files, (file, error) => troubles.add(file, error), signal);
  if (troubles.left > 0)
    await tell(`${countText(troubles.left, 'more line')} left out likewise`, context);
  if (index.withPhotos > 0) await warnOfPhotos(index.withPhotos, context);
  const cards = await cardsFor(flags.model, index, context);
  const recorded = recordedOf(cards, index);

  const wanted = new Set<string>();
  const exitCode = await makeLayers(
    {
      found: await findBatchPhotos(inputs, context),
      cards,
      startEngine: starterOf(cards, recorded, index),
      termsOf: async (photo) => {
        const key = await photoKey(photo);
        wanted.add(key);
        return { key };
      },
    },
    flags,
    context,
  );
  const foreign = [...index.places.keys()].filter((key) => !wanted.has(key)).length;
  if (foreign > 0 && !signal.aborted) {
    await tell(`${countText(foreign, 'prediction')} of photos that are not among these`, context);
  }
  return exitCode;
}

/** The models that answer: those named, or the one that the job ran. Its file need not be here. */
async function cardsFor(
  named: readonly string[] | undefined,
  { model }: PredictionIndex,
  { env }: CommandContext,
): Promise<readonly ModelCard[]> {
  const folder = defaultModelsFolder(env);
  const ids = named ?? (model ? [model.id] : []);
  const choices = await Promise.all(ids.map(async (id) => (await findKnownCard(id, folder)) ?? id));
  return chooseModels(choices.length > 0 ? choices : undefined, folder);
}

/** The card of the job's model. Where nothing was predicted, any will do. */
function recordedOf(cards: readonly ModelCard[], { model }: PredictionIndex): ModelCard {
  const card = model ? cards.find(({ sha256 }) => sha256 === model.sha256) : cards[0];
  if (card) return card;
  throw new DioramaError(
    'REQUEST_INVALID',
    `The predictions are of another model, ${oneLine(model?.id ?? '')}, or of another version of it`,
  );
}

/** What the job's model did not answer comes from models of this machine, as ever. */
function starterOf(
  cards: readonly ModelCard[],
  recorded: ModelCard,
  index: PredictionIndex,
): StartEngine {
  return async ({ model: _, ...options }) => {
    const { createDiorama, openPredictors } = await import('@diorama/engine');
    const { photoWorkers, maxQueued, limits, predictor: __, ...local } = options;
    const others = cards.filter((card) => card !== recorded);
    const opened = await openPredictors(others, {
      ...local,
      ...(maxQueued === undefined ? {} : { maxQueued }),
    });
    const ofCard = new Map(opened.map((predictor) => [predictor.card, predictor]));
    const predictor = cards.map((card) => ofCard.get(card) ?? openRecordedPredictor(card, index));
    return createDiorama({ ...options, predictor });
  };
}

const MOST_LINES = 20;

/** Lines of trouble, of which a file that is none may have a million. */
class TroubleLines {
  private readonly reporter: RunReporter;
  private count = 0;

  constructor(reporter: RunReporter) {
    this.reporter = reporter;
  }

  /** Lines beyond those that were told of. */
  get left(): number {
    return Math.max(0, this.count - MOST_LINES);
  }

  async add(file: string, error: DioramaError): Promise<void> {
    this.count += 1;
    if (this.count <= MOST_LINES) await this.reporter.refused(file, error);
  }
}

async function warnOfPhotos(lines: number, context: CommandContext): Promise<void> {
  await tell(
    `${countText(lines, 'line')} of the predictions hold the photo again: delete them, and give the next job a key field (diorama batch job does)`,
    context,
  );
}

async function tell(line: string, { stderr }: CommandContext): Promise<void> {
  await write(stderr, `diorama: ${line}\n`);
}
