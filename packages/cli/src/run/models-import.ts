import { resolve } from 'node:path';
import { DioramaError } from '@diorama/core';
import {
  answerNotes,
  findImported,
  IMPORT_OPTIONS,
  type ImportAnswers,
  type Imported,
  type ImportKey,
  type ImportOptions,
  importModel,
  importWithCard,
  inspectionNotes,
  inspectModel,
  readImportAnswer,
  withProposals,
} from '@diorama/runtime';
import type { ImportFlags } from '../commands/models-import.ts';
import type { CommandContext } from '../context.ts';
import { oneLine, write } from '../output/text.ts';
import { askForAcceptance, askForAnswers, isAtTerminal } from './models-import-questions.ts';
import { importedJson, importedText, inspectionText } from './models-import-text.ts';
import { modelsFolderOf } from './models-place.ts';

/** Makes a file of the person's own a model. Answers the exit code. */
export async function runImport(
  file: string,
  flags: ImportFlags,
  context: CommandContext,
): Promise<number> {
  const { cwd, stdout, signal } = context;
  const options: ImportOptions = {
    folder: modelsFolderOf(flags, context),
    isReplacing: flags.replace,
    isDryRun: flags.dryRun,
    accept: flags.accept,
    signal,
  };
  const notes: string[] = [];
  const path = resolve(cwd, file);
  const imported =
    flags.card === undefined
      ? await importAnswered(path, flags, { context, options, notes })
      : await importByCard(path, flags, flags.card, { context, options, notes });
  await write(
    stdout,
    flags.json ? importedJson(imported, notes, flags) : importedText(imported, flags),
  );
  return 0;
}

interface Import {
  readonly context: CommandContext;
  readonly options: ImportOptions;
  /** What was noted on the way, for `--json`. */
  readonly notes: string[];
}

async function importAnswered(
  path: string,
  flags: ImportFlags,
  { context, options, notes }: Import,
): Promise<Imported> {
  // What was typed wrong is said before a minute is spent on the file.
  const given = answersOf(flags);
  const tell = async (lines: readonly string[]) => {
    notes.push(...lines);
    if (flags.json) return;
    for (const line of lines) await write(context.stderr, `${oneLine(line)}\n`);
  };
  if (!flags.json) await write(context.stderr, 'Looking at what it takes and answers ...\n');
  const inspection = await inspectModel(path, options);
  const there = await findImported(inspection, given.id, options);
  if (there) return { card: there, wasThere: true };
  if (!flags.json) await write(context.stderr, inspectionText(inspection));
  await tell(inspectionNotes(inspection));
  let answers = flags.yes ? withProposals(inspection, given) : given;
  let { accept } = options;
  if (!flags.json && isAtTerminal(context.stderr)) {
    answers = await askForAnswers(inspection, answers, options, context);
    accept = await askForAcceptance(inspection, answers, options, context);
  }
  await tell(answerNotes(inspection, answers));
  return importModel(inspection, answers, { ...options, accept });
}

const KEYS = Object.keys(IMPORT_OPTIONS) as ImportKey[]; // Its keys are those by type.

function answersOf(flags: ImportFlags): ImportAnswers {
  let answers: ImportAnswers = {};
  for (const key of KEYS) {
    const text = flags[key];
    if (text !== undefined) answers = { ...answers, ...readImportAnswer(key, text) };
  }
  return answers;
}

async function importByCard(
  path: string,
  flags: ImportFlags,
  card: string,
  { context, options }: Import,
): Promise<Imported> {
  const said = KEYS.filter((key) => flags[key] !== undefined).map((key) => IMPORT_OPTIONS[key]);
  if (said.length > 0) {
    throw new DioramaError(
      'REQUEST_INVALID',
      `--card says it all; ${said.join(', ')} cannot be given beside it`,
    );
  }
  return importWithCard(path, resolve(context.cwd, card), options);
}
