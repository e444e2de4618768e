import type { ModelTask } from '@diorama/contract';
import { type ImportAnswers, type ImportKey, MEANINGS, type PlaneMeaning } from './answers.ts';
import type { ModelInspection } from './inspect-model.ts';
import { barsCommercialUse } from './licence.ts';
import { depthHint, taskHint } from './name-hints.ts';
import { NORMALISATIONS, normalisationText } from './normalisation.ts';
import { isWithinOne, type SeenPlane } from './output-range.ts';

/** Something that a model's file does not tell. */
export interface ImportQuestion {
  readonly key: ImportKey;
  readonly text: string;
  /** What may be answered; absent where it is free. */
  readonly choices?: readonly string[];
  /** As `readImportAnswer` reads it. Absent where nobody but the person can know. */
  readonly proposal?: string;
  /** Why it is proposed, or why there is nothing to propose. */
  readonly reason: string;
}

/** Wanted of the long side of networks that take any. Pixels. */
const LONG_SIDE_PX = 512;

/**
 * What has yet to be asked, in a good order. Later questions take for granted that earlier ones are answered as
 * proposed, so that all can be listed at once; ask again after each answer.
 */
export function openImportQuestions(
  inspection: ModelInspection,
  answers: ImportAnswers,
): readonly ImportQuestion[] {
  const plane = chosenPlane(inspection, answers);
  const task = answers.task ?? taskOf(answers.meaning);
  const guess = task ? undefined : proposedTask(inspection, plane);
  return [
    ...(answers.id === undefined ? [idQuestion(inspection)] : []),
    ...(answers.output === undefined ? outputQuestions(inspection) : []),
    ...(guess ? [guess] : []),
    ...(answers.meaning === undefined
      ? meaningQuestions(inspection, plane, task ?? (guess?.proposal as ModelTask)) // Always one of the two.
      : []),
    ...(answers.normalise === undefined ? [normaliseQuestion(inspection)] : []),
    ...(answers.longSide === undefined ? longSideQuestions(inspection) : []),
    ...licenceQuestions(inspection, answers),
  ];
}

/** The output that is imported: the one that was asked for, else the first of the largest ones. */
export function chosenPlane({ planes }: ModelInspection, { output }: ImportAnswers): SeenPlane {
  const samples = ({ width, height }: SeenPlane) => width * height;
  const named = planes.find(({ name }) => name === output);
  // An inspection always has planes; reduce keeps the first of equals.
  return named ?? planes.reduce((best, each) => (samples(each) > samples(best) ? each : best));
}

/** What the plane means where its range alone settles it, given the task. */
export function settledMeaning(plane: SeenPlane, task: ModelTask): PlaneMeaning | undefined {
  if (task === 'depth') return undefined;
  return isWithinOne(plane) ? 'alpha' : 'alpha-logits';
}

export function taskOf(meaning: PlaneMeaning | undefined): ModelTask | undefined {
  if (meaning === undefined) return undefined;
  return meaning === 'alpha' || meaning === 'alpha-logits' ? 'matte' : 'depth';
}

function idQuestion({ proposedId, file }: ModelInspection): ImportQuestion {
  const text = 'Id, by which the model is called';
  return { key: 'id', text, proposal: proposedId, reason: `from the name of ${file}` };
}

function outputQuestions(inspection: ModelInspection): readonly ImportQuestion[] {
  const { planes } = inspection;
  if (planes.length < 2) return [];
  const { name } = chosenPlane(inspection, {});
  const isFirst = name === planes[0]?.name;
  return [
    {
      key: 'output',
      text: 'Which of its answers',
      choices: planes.map((plane) => plane.name),
      proposal: name,
      reason: isFirst
        ? 'the first; the others are mostly side answers of the training'
        : 'the largest',
    },
  ];
}

function proposedTask({ file, known }: ModelInspection, plane: SeenPlane): ImportQuestion {
  const question = (proposal: ModelTask, reason: string): ImportQuestion => ({
    key: 'task',
    text: 'What it answers',
    choices: ['depth', 'matte'],
    proposal,
    reason,
  });
  const meaning = known?.meanings[plane.name];
  if (known && meaning) {
    return question(meaning.startsWith('alpha') ? 'matte' : 'depth', `as ${known.id} does`);
  }
  const byOutput = taskHint(plane.name);
  if (byOutput) return question(byOutput.value, `its output is called ${plane.name}`);
  const byFile = taskHint(file);
  if (byFile) return question(byFile.value, `"${byFile.word}" in the file's name`);
  if (isWithinOne(plane)) {
    return question('matte', 'it answers within 0..1, as mattes do and depth seldom does');
  }
  return plane.min < 0
    ? question('matte', 'it answers below and above 0, as logits of mattes do')
    : question('depth', 'it answers beyond 1, as depth does');
}

const DEPTH_WORDS = 'disparity grows towards what is near, distance towards what is far';

function meaningQuestions(
  { file, known }: ModelInspection,
  plane: SeenPlane,
  task: ModelTask,
): readonly ImportQuestion[] {
  if (settledMeaning(plane, task)) return [];
  const question = (proposal: string, reason: string): readonly ImportQuestion[] => [
    {
      key: 'meaning',
      text: `What its depth means (${DEPTH_WORDS})`,
      choices: MEANINGS.depth,
      proposal,
      reason,
    },
  ];
  const knownMeaning = known?.meanings[plane.name];
  if (known && knownMeaning) return question(knownMeaning, `as ${known.id} has it`);
  const hint = depthHint(plane.name, file);
  if (hint) return question(hint.value, `"${hint.word}" in a name`);
  return question('disparity', 'most depth networks without a unit answer so');
}

function normaliseQuestion({ known }: ModelInspection): ImportQuestion {
  return {
    key: 'normalise',
    text: 'How samples 0..1 are normalised (or six numbers: three means, three deviations)',
    choices: Object.keys(NORMALISATIONS),
    ...(known
      ? { proposal: normalisationText(known.normalise), reason: `as ${known.id} has it` }
      : { proposal: 'imagenet', reason: 'most networks are trained with it' }),
  };
}

function longSideQuestions({ size }: ModelInspection): readonly ImportQuestion[] {
  if (size.policy === 'fixed') return [];
  const { multiple } = size;
  const side = Math.max(multiple, Math.round(LONG_SIDE_PX / multiple) * multiple);
  const reason = `usual${multiple > 1 ? `, and a multiple of ${multiple}` : ''}; best what it was trained at`;
  const text = 'Long side in pixels of the pictures that it is given';
  return [{ key: 'longSide', text, proposal: String(side), reason }];
}

function licenceQuestions(
  { known }: ModelInspection,
  { licence, commercialUse }: ImportAnswers,
): readonly ImportQuestion[] {
  const hint = known ? `; the catalogue has ${known.licence.spdx} for this file` : '';
  const reason = `only you can know this${hint}`;
  return [
    ...(licence === undefined
      ? [
          {
            key: 'licence',
            text: 'Licence of the weights (SPDX name, or unknown)',
            reason,
          } as const,
        ]
      : []),
    ...(commercialUse === undefined && (licence === undefined || !barsCommercialUse(licence))
      ? [
          {
            key: 'commercialUse',
            text: 'Does it allow commercial use',
            choices: ['yes', 'no'],
            reason: 'only you can know this',
          } as const,
        ]
      : []),
  ];
}
