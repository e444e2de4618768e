import { needsAcceptance } from '@diorama/contract';
import { pullCommand } from '../pull/pull-command.ts';
import type { ImportAnswers } from './answers.ts';
import type { ModelInspection } from './inspect-model.ts';
import { isWithinOne } from './output-range.ts';
import { chosenPlane } from './questions.ts';

/** What a person should know of a file beside what is asked, each in one line. */
export function inspectionNotes(inspection: ModelInspection): readonly string[] {
  const { size, known, path } = inspection;
  const notes: string[] = [];
  if (known && !known.from)
    notes.push(`This is the file of ${known.id}, which comes with Diorama.`);
  if (known?.from) {
    const licence = needsAcceptance(known.licence) ? known.licence.spdx : undefined;
    const command = pullCommand(known.id, { from: known.from, file: path }, licence);
    notes.push(`This is a file of ${known.id}, whose card is written already: ${command}`);
  }
  if (size.policy === 'fixed' && !size.isDeclared) {
    const only = `${size.width}x${size.height}`;
    notes.push(`Its file declares its sides open, but it does not run at any: taken as ${only}.`);
  }
  return notes;
}

/** What in the answers does not go with what the network answered. */
export function answerNotes(
  inspection: ModelInspection,
  answers: ImportAnswers,
): readonly string[] {
  const plane = chosenPlane(inspection, answers);
  const range = `${short(plane.min)} to ${short(plane.max)}`;
  const notes: string[] = [];
  if (plane.isConstant) {
    notes.push(`${plane.name} was ${short(plane.min)} all over on every picture that was tried.`);
  }
  if (answers.meaning === 'alpha' && !isWithinOne(plane)) {
    notes.push(`${plane.name} went from ${range}; alpha is 0 to 1.`);
  }
  if (answers.meaning === 'alpha-logits' && isWithinOne(plane)) {
    notes.push(`${plane.name} stayed within 0 to 1, which logits seldom do.`);
  }
  if (answers.meaning === 'depth-metres' && plane.min < 0) {
    notes.push(`${plane.name} went from ${range}; below 0 there are no metres.`);
  }
  return notes;
}

/** A sample in few digits. */
function short(sample: number): string {
  return String(Number(sample.toPrecision(3)));
}
