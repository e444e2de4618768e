import type { CatalogueCard, ModelCard } from '@diorama/contract';
import { DioramaError } from '@diorama/core';
import { type ImportAnswers, readImportAnswer } from './answers.ts';
import type { ModelInspection } from './inspect-model.ts';
import { barsCommercialUse, statedLicence } from './licence.ts';
import { chosenPlane, openImportQuestions, settledMeaning, taskOf } from './questions.ts';

/** Answers with everything that is proposed taken, which never is a licence. */
export function withProposals(inspection: ModelInspection, answers: ImportAnswers): ImportAnswers {
  let all = answers;
  for (;;) {
    const next = openImportQuestions(inspection, all).find(
      ({ proposal }) => proposal !== undefined,
    );
    if (next?.proposal === undefined) return all;
    all = { ...all, ...readImportAnswer(next.key, next.proposal) };
  }
}

/**
 * Refuses answers that contradict the file or each other.
 * @throws DioramaError `REQUEST_INVALID`
 */
export function assertAnswers(inspection: ModelInspection, answers: ImportAnswers): void {
  const { planes, size } = inspection;
  const { output, task, meaning, longSide, licence, commercialUse } = answers;
  if (output !== undefined && !planes.some(({ name }) => name === output)) {
    const names = planes.map(({ name }) => name).join(', ');
    throw contradicted(`It has no plane ${output} to answer; it has ${names}`);
  }
  if (task !== undefined && meaning !== undefined && taskOf(meaning) !== task) {
    throw contradicted(`${meaning} is no meaning of a ${task}`);
  }
  if (longSide !== undefined && size.policy === 'fixed') {
    throw contradicted(`It takes ${size.width}x${size.height} and no other size`);
  }
  if (longSide !== undefined && size.policy === 'multiple-of' && longSide < size.multiple) {
    throw contradicted(`Its sides are multiples of ${size.multiple}; the long side is shorter`);
  }
  if (licence === 'unknown' && commercialUse) {
    throw contradicted('Nobody can allow commercial use under a licence that is unknown');
  }
}

/** The card that the file and complete answers make. */
export function importedCard(inspection: ModelInspection, answers: ImportAnswers): CatalogueCard {
  const { id, normalise, licence, order = 'rgb' } = answers;
  const plane = chosenPlane(inspection, answers);
  const task = answers.task ?? taskOf(answers.meaning);
  const meaning = answers.meaning ?? (task && settledMeaning(plane, task));
  if (!id || !normalise || !licence || !task || !meaning) {
    throw new DioramaError('INTERNAL', 'A card was to be written before all was answered');
  }
  const commercialUse = answers.commercialUse ?? !barsCommercialUse(licence);
  return {
    id,
    version: 'imported',
    title: answers.title ?? `${inspection.file.replace(/\.onnx$/i, '')}: ${task}`,
    tasks: [task],
    goodFor: `What you imported it for, from ${inspection.file}.`,
    input: {
      name: inspection.input,
      size: sizeOf(inspection, answers.longSide),
      layout: 'nchw',
      channelOrder: order,
      mean: [...normalise.mean],
      std: [...normalise.std],
    },
    outputs: [{ name: plane.name, meaning }],
    licence: statedLicence(licence, commercialUse),
    sources: [],
    origin: { trainingData: 'not known: imported', knownFaults: [] },
  };
}

function sizeOf({ size }: ModelInspection, longSide?: number): ModelCard['input']['size'] {
  if (size.policy === 'fixed') {
    return { policy: 'fixed', width: size.width, height: size.height };
  }
  const { multiple } = size;
  return { policy: 'multiple-of', multiple, longSide: longSide ?? multiple };
}

function contradicted(message: string): DioramaError {
  return new DioramaError('REQUEST_INVALID', message);
}
