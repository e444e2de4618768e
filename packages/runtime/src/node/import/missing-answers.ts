import { DioramaError } from '@diorama/core';
import type { ImportKey } from './answers.ts';
import type { ImportQuestion } from './questions.ts';

/** The option of the command line that answers a question. */
export const IMPORT_OPTIONS = {
  id: '--id',
  title: '--title',
  output: '--output',
  task: '--task',
  meaning: '--meaning',
  normalise: '--normalise',
  order: '--order',
  longSide: '--long-side',
  licence: '--licence',
  commercialUse: '--commercial-use',
} as const satisfies Record<ImportKey, string>;

/** Everything that has to be said of a file, as one refusal. */
export function missingAnswers(file: string, open: readonly ImportQuestion[]): DioramaError {
  const told = open.map(({ key, proposal, choices, reason }) => {
    const value = proposal ?? choices?.join('|') ?? 'NAME';
    const why = proposal === undefined ? reason : `proposed: ${reason}`;
    return `${IMPORT_OPTIONS[key]} ${value} (${why})`;
  });
  const canBeTaken = open.some(({ proposal }) => proposal !== undefined);
  const hint = canBeTaken ? '. --yes takes all that is proposed' : '';
  return new DioramaError(
    'REQUEST_INVALID',
    `${file} does not tell all; to be added: ${told.join(', ')}${hint}`,
    { detail: { missing: open.map(({ key }) => IMPORT_OPTIONS[key]).join(' ') } },
  );
}
