import { dirname, resolve } from 'node:path';
import { type AccuracyReport, type ModelCard, problemOf } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { DEPTH_ORDER, DEPTH_PAIRS } from '@diorama/core/accuracy';
import { type Predict, SUBJECT_THRESHOLD } from '@diorama/engine';
import { DEFAULT_PHOTO_LIMITS } from '@diorama/photo-io';
import { createLocalPredictor, DEFAULT_MODEL_ID, findModelCard } from '@diorama/runtime';
import type { EvalFlags } from '../commands/eval.ts';
import type { CommandContext } from '../context.ts';
import { type EvalPhoto, fileIn, findEvalPhotos } from '../input/eval-folder.ts';
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
  const card = await findModelCard(flags.model ?? DEFAULT_MODEL_ID);
  const found = await findEvalPhotos(folder, context.cwd);
  assertAnswers(card, found.photos);
  const jsonPath = flags.json && flags.json !== '-' ? resolve(context.cwd, flags.json) : undefined;
  if (jsonPath) await openOutputFolder(dirname(jsonPath), dirname(flags.json ?? ''));

  const { photoWorkers, ...options } = engineOptionsOf(flags, found.photos.length);
  const predictor = new PhotoEngine(() => createLocalPredictor(options));
  const limits = { ...DEFAULT_PHOTO_LIMITS, ...options.limits, bytes: maxBytesOf(flags) };
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
          const runs = await deadline.race(predictor.get());
          const predict: Predict = (request, signal) => runs.predict(request, signal);
          const way = { card, predict, limits };
          const work = measurePhoto(photo, { stage: flags.stage, way, limits }, deadline.signal);
          measures.push(await deadline.race(work));
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
    await predictor.dispose();
  }
}

/** @throws DioramaError `REQUEST_INVALID` when the model cannot answer what the folder asks. */
function assertAnswers({ id, tasks }: ModelCard, photos: readonly EvalPhoto[]): void {
  const isAsked = {
    matte: photos.some(({ alphaPath, isNoSubject }) => alphaPath !== undefined || isNoSubject),
    depth: photos.some(({ depthPath }) => depthPath !== undefined),
  };
  for (const task of ['matte', 'depth'] as const) {
    if (!isAsked[task] || tasks.includes(task)) continue;
    throw new DioramaError(
      'REQUEST_INVALID',
      `Model ${id} answers ${tasks.join(', ')}, and this folder asks for ${task} too; name a part of it`,
    );
  }
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
