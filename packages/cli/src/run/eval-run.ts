import { dirname, resolve } from 'node:path';
import { type AccuracyReport, problemOf } from '@diorama/contract';
import type { DioramaError } from '@diorama/core';
import { DEPTH_ORDER, DEPTH_PAIRS } from '@diorama/core/accuracy';
import { chooseModels, openPredictors, SUBJECT_THRESHOLD, type WayNetwork } from '@diorama/engine';
import { DEFAULT_PHOTO_LIMITS } from '@diorama/photo-io';
import { defaultModelsFolder } from '@diorama/runtime';
import type { EvalFlags } from '../commands/eval.ts';
import type { CommandContext } from '../context.ts';
import { fileIn, findEvalPhotos } from '../input/eval-folder.ts';
import { accuracyText } from '../output/accuracy-text.ts';
import { write } from '../output/text.ts';
import { TextReporter } from '../output/text-reporter.ts';
import { openOutputFolder } from '../store/output-folder.ts';
import { writeWholeFile } from '../store/whole-file.ts';
import { tally } from './accuracy-tally.ts';
import { engineOptionsOf, jobsOf, maxBytesOf } from './engine-options.ts';
import { PhotoEngine } from './photo-engine.ts';
import { measurePhoto, type PhotoMeasure } from './photo-measure.ts';
import { type RunReporter, runPhotos } from './photo-run.ts';

/** Measures the model on a folder of photos whose right answers are known. Answers the exit code. */
export async function runEval(
  folder: string,
  flags: EvalFlags,
  context: CommandContext,
): Promise<number> {
  const cards = await chooseModels(flags.model, defaultModelsFolder(context.env));
  const found = await findEvalPhotos(folder, context.cwd);
  const jsonPath = flags.json && flags.json !== '-' ? resolve(context.cwd, flags.json) : undefined;
  if (jsonPath) await openOutputFolder(dirname(jsonPath), dirname(flags.json ?? ''));

  const { photoWorkers, model, limits, ...local } = engineOptionsOf(
    flags,
    found.photos.length,
    context.env,
  );
  const engine = new PhotoEngine(() => openNetworks(cards, local));
  const allLimits = { ...DEFAULT_PHOTO_LIMITS, ...limits, bytes: maxBytesOf(flags) };
  const measures: PhotoMeasure[] = [];
  const failed: AccuracyReport['failed'] = [];
  try {
    const summary = await runPhotos(
      found,
      {
        jobs: jobsOf(flags),
        timeoutMs: flags.timeout,
        signal: context.signal,
        work: async (photo, deadline) => {
          const { networks } = await deadline.race(engine.get());
          const options = {
            stage: flags.stage,
            way: { networks, limits: allLimits },
            limits: allLimits,
          };
          measures.push(await deadline.race(measurePhoto(photo, options, deadline.signal)));
          return {};
        },
      },
      keepFailures(new TextReporter(context.stderr, context.isDebug), (shown, error) => {
        const file = fileIn(resolve(context.cwd, folder), resolve(context.cwd, shown));
        failed.push({ file, problem: problemOf(error) });
      }),
    );
    const [first] = measures;
    // Half a folder has no figures.
    if (!first || summary.untried > 0) return summary.exitCode;
    const report: AccuracyReport = {
      version: 1,
      stage: flags.stage,
      model: first.model,
      ...(first.depthModel ? { depthModel: first.depthModel } : {}),
      subjectThreshold: SUBJECT_THRESHOLD,
      pairs: { perPhoto: DEPTH_PAIRS.count, seed: DEPTH_PAIRS.seed, ...DEPTH_ORDER },
      ...tally(measures),
      failed,
    };
    const json = `${JSON.stringify(report, null, 2)}\n`;
    await write(context.stdout, flags.json === '-' ? json : accuracyText(report));
    if (jsonPath) await writeWholeFile(jsonPath, Buffer.from(json), context.signal);
    return summary.exitCode;
  } finally {
    await engine.dispose();
  }
}

/** The networks of the product's way, in this process. */
async function openNetworks(
  cards: Parameters<typeof openPredictors>[0],
  options: Parameters<typeof openPredictors>[1],
) {
  const predictors = await openPredictors(cards, options);
  return {
    networks: predictors.map(
      (predictor): WayNetwork => ({
        card: predictor.card,
        predict: (request, signal) => predictor.predict(request, signal),
      }),
    ),
    async dispose() {
      await Promise.all(predictors.map((predictor) => predictor.dispose()));
    },
  };
}

/** Tells another reporter everything, and of what failed someone else too. */
function keepFailures(
  reporter: RunReporter,
  keep: (shown: string, error: DioramaError) => void,
): RunReporter {
  return {
    begin: (total) => reporter.begin(total),
    async refused(input, error) {
      if (input !== undefined) keep(input, error);
      await reporter.refused(input, error);
    },
    async ended(photo, end) {
      if (end.error) keep(photo.shown, end.error);
      await reporter.ended(photo, end);
    },
    finish: (summary) => reporter.finish(summary),
  };
}
